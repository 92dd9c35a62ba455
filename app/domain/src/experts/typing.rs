//! Typing errors: how many letters two words differ.
//!
//! Always true here: distances look at letters, not bytes, and stop as soon as a word is too far away.

/// Words shorter than this are taken as typed: `tos` is not `ros`.
const ONE_ERROR_LETTERS: usize = 4;
/// Words of at least this length may hold two errors.
const TWO_ERRORS_LETTERS: usize = 9;

/// A word ready to be compared: its letters, and one bit for each kind of letter in it.
#[derive(Clone, Debug)]
pub(super) struct Letters {
    letters: Box<[char]>,
    kinds: u32,
}

impl Letters {
    pub(super) fn of(word: &str) -> Self {
        let letters: Box<[char]> = word.chars().collect();
        let kinds = letters.iter().fold(0, |kinds, letter| kinds | 1 << (u32::from(*letter) % 32));
        Self { letters, kinds }
    }

    /// How many errors a typed word of this length may hold.
    pub(super) const fn errors_allowed(&self) -> usize {
        match self.letters.len() {
            0..ONE_ERROR_LETTERS => 0,
            ONE_ERROR_LETTERS..TWO_ERRORS_LETTERS => 1,
            _ => 2,
        }
    }

    /// The number of letters inserted, left out, replaced or swapped with a neighbour between two words, when at most `limit`.
    pub(super) fn distance(&self, other: &Self, limit: usize) -> Option<usize> {
        // One error changes at most two kinds of letters: this turns away nearly every word without looking at its letters.
        if (self.kinds ^ other.kinds).count_ones() as usize > 2 * limit || self.letters.len().abs_diff(other.letters.len()) > limit {
            return None;
        }
        let (mut left, mut right) = (&*self.letters, &*other.letters);
        while let ([first, left_rest @ ..], [second, right_rest @ ..]) = (left, right)
            && first == second
        {
            (left, right) = (left_rest, right_rest);
        }
        while let ([left_rest @ .., first], [right_rest @ .., second]) = (left, right)
            && first == second
        {
            (left, right) = (left_rest, right_rest);
        }
        Some(steps(left, right)).filter(|steps| *steps <= limit)
    }
}

/// The restricted Damerau distance, row by row.
fn steps(left: &[char], right: &[char]) -> usize {
    match (left, right) {
        ([], rest) | (rest, []) => return rest.len(),
        ([_], rest) | (rest, [_]) if rest.len() == 1 => return 1,
        ([a, b], [c, d]) if a == d && b == c => return 1,
        _ => {}
    }
    let mut before_last = vec![0; right.len() + 1];
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (row, letter) in left.iter().enumerate() {
        let mut next = vec![row + 1; right.len() + 1];
        for (column, other) in right.iter().enumerate() {
            let replaced = last[column] + usize::from(letter != other);
            next[column + 1] = replaced.min(last[column + 1] + 1).min(next[column] + 1);
            if row > 0 && column > 0 && *letter == right[column - 1] && left[row - 1] == *other {
                next[column + 1] = next[column + 1].min(before_last[column - 1] + 1);
            }
        }
        (before_last, last) = (last, next);
    }
    last[right.len()]
}

/// How alike two words are in thousandths: the share of their groups of three letters that they have in common (Dice).
pub(super) fn likeness(left: &str, right: &str) -> u32 {
    let (left, mut right) = (trigrams(left), trigrams(right));
    let all = left.len() + right.len();
    let mut common = 0;
    for group in left {
        if let Some(place) = right.iter().position(|other| *other == group) {
            right.swap_remove(place);
            common += 1;
        }
    }
    u32::try_from(2000 * common / all.max(1)).unwrap_or(0)
}

fn trigrams(word: &str) -> Vec<[char; 3]> {
    let padded: Vec<char> = "  ".chars().chain(word.chars()).chain(" ".chars()).collect();
    padded.windows(3).map(|group| [group[0], group[1], group[2]]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("dyslexie", "dyslexsie", Some(1))]
    #[case("hoogbegaafdheid", "hoogbegaaftheid", Some(1))]
    #[case("hoogbegaafdheid", "hoogbegaafheid", Some(1))]
    #[case("gedrag", "gedarg", Some(1))]
    #[case("gedrag", "gedrga", Some(1))]
    #[case("motoriek", "mottoriekk", Some(2))]
    #[case("gedrag", "motoriek", None)]
    #[case("angst", "angst", Some(0))]
    fn typing_errors_are_counted_in_letters(#[case] left: &str, #[case] right: &str, #[case] expected: Option<usize>) {
        assert_eq!(Letters::of(left).distance(&Letters::of(right), 2), expected);
    }

    #[test]
    fn a_word_of_four_letters_may_hold_one_error_and_one_of_nine_two() {
        assert_eq!(["tos", "taal", "dyslexie", "autistisch"].map(|word| Letters::of(word).errors_allowed()), [0, 1, 1, 2]);
    }

    proptest! {
        #[test]
        fn one_error_is_always_found(word in "[a-z]{4,14}", place in any::<proptest::sample::Index>(), letter in "[a-z]", kind in 0..4_u8) {
            let mut letters: Vec<char> = word.chars().collect();
            let place = place.index(letters.len());
            let letter = letter.chars().next().expect("a letter");
            match kind {
                0 => letters.insert(place, letter),
                1 => { letters.remove(place); }
                2 => letters[place] = letter,
                _ => letters.swap(place, (place + 1).min(word.len() - 1)),
            }
            let typed: String = letters.into_iter().collect();
            prop_assert!(Letters::of(&word).distance(&Letters::of(&typed), 1).is_some());
        }

        #[test]
        fn distance_is_symmetric_and_zero_only_for_equals(left in "[abc]{0,8}", right in "[abc]{0,8}") {
            let (a, b) = (Letters::of(&left), Letters::of(&right));
            prop_assert_eq!(a.distance(&b, 8), b.distance(&a, 8));
            prop_assert_eq!(a.distance(&b, 8) == Some(0), left == right);
        }

        #[test]
        fn likeness_lies_between_nothing_and_equal(left in ".{0,12}", right in ".{0,12}") {
            prop_assert!(likeness(&left, &right) <= 1000);
            prop_assert_eq!(likeness(&left, &left), 1000);
        }
    }
}
