//! A text that callers may write and nobody may read. What is wrong with it is said
//! without repeating it: errors reach answers and logs.

use std::borrow::Cow;

use async_graphql::{InputType, InputValueError, InputValueResult, Value, registry::Registry};
use serde::{Deserialize, Deserializer, de::Error};

/// A secret as it was typed. Not serialisable, and `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct Written(String);

impl Written {
    /// What was typed, for the type that parses it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Written {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Written(hidden)")
    }
}

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // serde's own message would repeat a number that should have been a text.
        match serde_json::Value::deserialize(deserializer)? {
            serde_json::Value::String(text) => Ok(Self(text)),
            _ => Err(D::Error::custom("a text is expected")),
        }
    }
}

impl InputType for Written {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed("String")
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <String as InputType>::create_type_info(registry)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        match value {
            Some(Value::String(text)) => Ok(Self(text)),
            _ => Err(InputValueError::custom("a text is expected")),
        }
    }

    fn to_value(&self) -> Value {
        Value::Null
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_of_the_wrong_type_is_refused_without_repeating_it() {
        let told = serde_json::from_str::<Written>("3273014509870002").unwrap_err().to_string();
        assert!(!told.contains("3273"), "{told}");
        let told = format!("{:?}", Written::parse(Some(Value::from(3_273_014_509_870_002_u64))).unwrap_err());
        assert!(!told.contains("3273"), "{told}");
        let kept = serde_json::from_str::<Written>("\"3273\"").unwrap();
        assert_eq!((kept.expose(), format!("{kept:?}").as_str()), ("3273", "Written(hidden)"));
    }
}
