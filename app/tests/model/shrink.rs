//! Makes a failing history short: what came after the failure is cut, and then whatever can be left out is.
//!
//! Always true here: what is answered still fails, whenever the search has to end.

use super::op::Step;
use std::time::Instant;

/// Leaves out pieces, half of the history at first and single steps in the end, as long as what is left still fails: the method of Zeller
/// and Hildebrandt, "Simplifying and isolating failure-inducing input". `fails` answers where a history fails, by place.
pub async fn shrink(steps: Vec<Step>, until: Instant, mut fails: impl AsyncFnMut(&[Step]) -> Option<usize>) -> Vec<Step> {
    let mut shortest = steps;
    let mut size = shortest.len().div_ceil(2);
    while size > 0 {
        let mut from = 0;
        let mut found = false;
        while from < shortest.len() {
            if Instant::now() >= until {
                return shortest;
            }
            let without: Vec<Step> = shortest
                .iter()
                .enumerate()
                .filter(|(place, _)| !(from..from + size).contains(place))
                .map(|(_, step)| step.clone())
                .collect();
            match fails(&without).await {
                Some(at) => {
                    shortest = without.into_iter().take(at + 1).collect();
                    found = true;
                }
                None => from += size,
            }
        }
        size = if size == 1 && !found { 0 } else { (size / 2).max(1) };
    }
    shortest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::op::Op;

    /// Fails where the minutes waited so far reach 7 after a month was closed.
    async fn fails(steps: &[Step]) -> Option<usize> {
        let (mut waited, mut closed) = (0, false);
        steps.iter().position(|step| {
            match &step.op {
                Op::Wait { minutes } if closed => waited += minutes,
                Op::CloseMonth { .. } => closed = true,
                _ => {}
            }
            waited >= 7
        })
    }

    #[tokio::test]
    async fn a_failing_history_shrinks_to_the_steps_that_make_it_fail() {
        let op = |number: u32| match number {
            40 => Op::CloseMonth { month: 1 },
            90 => Op::Wait { minutes: 7 },
            _ if number.is_multiple_of(3) => Op::Jobs,
            _ => Op::Wait { minutes: 0 },
        };
        let steps: Vec<Step> = (0..500).map(|number| Step { number, op: op(number) }).collect();
        let hour = Instant::now() + std::time::Duration::from_secs(3_600);
        let short = shrink(steps.clone(), hour, fails).await;
        assert_eq!(short.iter().map(|step| step.number).collect::<Vec<_>>(), [40, 90]);
        assert_eq!(shrink(steps.clone(), Instant::now(), fails).await, steps, "without time it stays as it was");
    }
}
