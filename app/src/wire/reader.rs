//! Reads JSON as this app's server writes it: fields in the order of their type, no spaces, whole numbers only. Always true: text that
//! says anything else is refused, never guessed at. A reader for all JSON would be the largest part of what a browser downloads.

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error, Expected, SeqAccess, Unexpected, VariantAccess, Visitor,
};
use std::{borrow::Cow, fmt};

/// The value in this text; none when the text says something else.
pub(super) fn read<T: DeserializeOwned>(json: &str) -> Option<T> {
    let mut reader = Reader { rest: json };
    let value = T::deserialize(&mut reader).ok()?;
    reader.rest.is_empty().then_some(value)
}

/// Not what was expected. It says nothing more: whoever gets it can only load the page again.
#[derive(Debug)]
struct Unfit;

type Read<T> = Result<T, Unfit>;

impl fmt::Display for Unfit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("unfit")
    }
}

impl std::error::Error for Unfit {}

// Each of these would otherwise make a sentence of its arguments, and bring along all that writes sentences.
impl Error for Unfit {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn missing_field(_: &'static str) -> Self {
        Self
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

struct Reader<'de> {
    rest: &'de str,
}

impl<'de> Reader<'de> {
    /// Takes this text when it is next.
    fn has(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn expect(&mut self, text: &str) -> Read<()> {
        if self.has(text) { Ok(()) } else { Err(Unfit) }
    }

    fn take(&mut self, bytes: usize) -> Read<&'de str> {
        let (taken, rest) = self.rest.split_at_checked(bytes).ok_or(Unfit)?;
        self.rest = rest;
        Ok(taken)
    }

    fn number(&mut self) -> Read<i64> {
        let end = self.rest.bytes().position(|byte| !byte.is_ascii_digit() && byte != b'-').unwrap_or(self.rest.len());
        self.take(end)?.parse().map_err(|_| Unfit)
    }

    fn text(&mut self) -> Read<Cow<'de, str>> {
        self.expect("\"")?;
        let mut text = Cow::Borrowed("");
        loop {
            let end = self.rest.find(['"', '\\']).ok_or(Unfit)?;
            let plain = self.take(end)?;
            if text.is_empty() {
                text = Cow::Borrowed(plain);
            } else {
                text.to_mut().push_str(plain);
            }
            if self.has("\"") {
                return Ok(text);
            }
            let escaped = self.escaped()?;
            text.to_mut().push(escaped);
        }
    }

    fn escaped(&mut self) -> Read<char> {
        Ok(match self.take(2)? {
            "\\n" => '\n',
            "\\r" => '\r',
            "\\t" => '\t',
            "\\b" => '\u{8}',
            "\\f" => '\u{c}',
            "\\\"" => '"',
            "\\\\" => '\\',
            // Only what has no sign of its own is written by number; everything else is in the text as it is.
            "\\u" => u32::from_str_radix(self.take(4)?, 16).ok().and_then(char::from_u32).ok_or(Unfit)?,
            _ => return Err(Unfit),
        })
    }

    fn items<V: Visitor<'de>>(&mut self, open: &str, close: &'static str, names: &'static [&'static str], visitor: V) -> Read<V::Value> {
        self.expect(open)?;
        let value = visitor.visit_seq(Items { reader: self, close, names, place: 0 })?;
        self.expect(close)?;
        Ok(value)
    }
}

/// What stands between brackets. The fields of a type are known by their order, and their names only checked: so a type needs no code to
/// find out which field comes next.
struct Items<'a, 'de> {
    reader: &'a mut Reader<'de>,
    close: &'static str,
    names: &'static [&'static str],
    place: usize,
}

impl Items<'_, '_> {
    /// Goes to the next item; there may be none.
    fn next(&mut self) -> Read<bool> {
        if self.reader.rest.starts_with(self.close) {
            return Ok(false);
        }
        if self.place > 0 {
            self.reader.expect(",")?;
        }
        if !self.names.is_empty() {
            let name = self.names.get(self.place).ok_or(Unfit)?;
            self.reader.expect("\"")?;
            self.reader.expect(name)?;
            self.reader.expect("\":")?;
        }
        self.place += 1;
        Ok(true)
    }
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Unfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Read<Option<T::Value>> {
        if self.next()? { seed.deserialize(&mut *self.reader).map(Some) } else { Ok(None) }
    }
}

/// `"Name"`, or `{"Name":…}`.
struct Variant<'a, 'de>(&'a mut Reader<'de>);

impl<'de> EnumAccess<'de> for Variant<'_, 'de> {
    type Error = Unfit;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Read<(V::Value, Self)> {
        Ok((seed.deserialize(&mut *self.0)?, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, 'de> {
    type Error = Unfit;

    fn unit_variant(self) -> Read<()> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Read<T::Value> {
        self.0.expect(":")?;
        seed.deserialize(self.0)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Read<V::Value> {
        self.0.expect(":")?;
        self.0.items("[", "]", &[], visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Read<V::Value> {
        self.0.expect(":")?;
        self.0.items("{", "}", fields, visitor)
    }
}

/// Numbers by the names serde has for them.
macro_rules! numbers {
    ($($method:ident $visit:ident $number:ty),*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
            visitor.$visit(<$number>::try_from(self.number()?).map_err(|_| Unfit)?)
        })*
    };
}

/// What no answer holds.
macro_rules! never {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, _: V) -> Read<V::Value> {
            Err(Unfit)
        })*
    };
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Unfit;

    numbers!(deserialize_i8 visit_i8 i8, deserialize_i16 visit_i16 i16, deserialize_i32 visit_i32 i32, deserialize_i64 visit_i64 i64,
        deserialize_u8 visit_u8 u8, deserialize_u16 visit_u16 u16, deserialize_u32 visit_u32 u32, deserialize_u64 visit_u64 u64);

    never!(deserialize_any deserialize_f32 deserialize_f64 deserialize_char deserialize_bytes deserialize_byte_buf deserialize_map
        deserialize_ignored_any);

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        let is_true = self.has("true");
        if !is_true {
            self.expect("false")?;
        }
        visitor.visit_bool(is_true)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_str(&self.text()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_string(self.text()?.into_owned())
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        if self.has("null") { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.expect("null")?;
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Read<V::Value> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Read<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.items("[", "]", &[], visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Read<V::Value> {
        self.items("[", "]", &[], visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(self, _: &'static str, _: usize, visitor: V) -> Read<V::Value> {
        self.items("[", "]", &[], visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(self, _: &'static str, fields: &'static [&'static str], visitor: V) -> Read<V::Value> {
        self.items("{", "}", fields, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Read<V::Value> {
        let holds = self.has("{");
        let value = visitor.visit_enum(Variant(self))?;
        if holds {
            self.expect("}")?;
        }
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::{Deserialize, Serialize};

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    struct Sample {
        text: String,
        none: Option<String>,
        some: Option<Box<Sample>>,
        pairs: Vec<(String, u8)>,
        kinds: [Kind; 4],
        day: [i32; 2],
        either: Result<bool, i64>,
        nothing: (),
    }

    #[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        JustThis,
        Holds(u32),
        Names { first: bool, second: i8 },
        Both(u16, u64),
    }

    fn sample(text: &str, inside: Option<Sample>) -> Sample {
        Sample {
            text: text.to_owned(),
            none: None,
            some: inside.map(Box::new),
            pairs: vec![(String::new(), 0), ("b\u{1}".to_owned(), 255)],
            kinds: [Kind::JustThis, Kind::Holds(4_000_000_000), Kind::Names { first: true, second: -128 }, Kind::Both(65_535, 7)],
            day: [-5, i32::MAX],
            either: if text.is_empty() { Err(i64::MIN) } else { Ok(false) },
            nothing: (),
        }
    }

    #[test]
    fn what_the_server_writes_is_read_as_it_was() {
        let outer = sample("Zoë zegt: \"2 u 15\" \\ <b>\n\t€ 👋 \u{7}", Some(sample("", None)));
        let json = serde_json::to_string(&outer).expect("it can be written");
        assert_eq!(read::<Sample>(&json), Some(outer));
        assert_eq!(read::<Vec<Sample>>("[]"), Some(Vec::new()));
    }

    #[test]
    fn a_text_cut_short_anywhere_is_refused() {
        let json = serde_json::to_string(&sample("é\"", Some(sample("a", None)))).expect("it can be written");
        for end in (0..json.len()).filter(|end| json.is_char_boundary(*end)) {
            assert_eq!(read::<Sample>(&json[..end]), None, "{}", &json[..end]);
        }
    }

    #[test]
    fn fields_that_another_version_of_the_server_sends_are_refused_and_not_mixed_up() {
        #[derive(Debug, PartialEq, Deserialize)]
        struct Two {
            first: String,
            second: String,
        }
        assert!(read::<Two>(r#"{"first":"a","second":"b"}"#).is_some());
        for json in [
            r#"{"second":"b","first":"a"}"#,
            r#"{"first":"a"}"#,
            r#"{"first":"a","second":"b","third":"c"}"#,
            r#"{"first":"a","other":"b"}"#,
            r#"{"first":1,"second":"b"}"#,
            r#"["a","b"]"#,
            "null",
            "",
        ] {
            assert_eq!(read::<Two>(json), None, "{json}");
        }
        assert_eq!(read::<u8>("256"), None);
        assert_eq!(read::<Kind>(r#""another""#), None);
        assert_eq!(read::<Kind>(r#""holds""#), None);
        assert_eq!(read::<Kind>(r#"{"just_this""#), None);
        assert_eq!(read::<String>(r#""\ud83d""#), None);
    }
}
