//! Closed code lists of the domain, each value's text stated once: the same text
//! stands in the database, in REST (`snake_case`) and, in capitals, in GraphQL.

/// Declares a closed code list.
///
/// Each type and each value must carry a docstring: it becomes the description in
/// both faces. The text must be the value's name in `snake_case`, so that REST and
/// GraphQL differ in letter case only; `assert_enum_travels` checks it in tests.
///
/// Given are `ALL`, `NAME`, `as_str()`, `parse()`, `Display`, `FromStr`, serde, the
/// GraphQL enum, the OpenAPI schema, and reading from and writing to a text column.
#[macro_export]
macro_rules! domain_enum {
    (
        $(#[doc = $doc:tt])+
        $vis:vis enum $Name:ident {
            $( $(#[doc = $value_doc:tt])+ $Value:ident = $text:tt ),+ $(,)?
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            ::serde::Serialize, ::serde::Deserialize, ::async_graphql::Enum, ::utoipa::ToSchema,
        )]
        #[schema(description = concat!(
            $($doc, "\n",)+ "\n" $(, "- `", $text, "`:", $($value_doc,)+ "\n")+
        ))]
        $vis enum $Name {
            $( $(#[doc = $value_doc])+ #[serde(rename = $text)] $Value ),+
        }

        impl $Name {
            /// Every value, in the order the domain lists them.
            pub const ALL: &'static [Self] = &[$(Self::$Value),+];
            /// The name of the list in both faces.
            pub const NAME: &'static str = stringify!($Name);

            /// The value's text, as stored and as REST shows it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$Value => $text),+ }
            }

            /// The value of a text.
            ///
            /// # Errors
            /// `unknown_value`, with the values there are.
            pub fn parse(text: &str) -> ::std::result::Result<Self, $crate::foundation::error::Fault> {
                match text {
                    $($text => Ok(Self::$Value),)+
                    _ => Err($crate::foundation::domain_enum::unknown_value(&[$($text),+])),
                }
            }
        }

        impl ::std::fmt::Display for $Name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::std::str::FromStr for $Name {
            type Err = $crate::foundation::error::Fault;

            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                Self::parse(text)
            }
        }

        impl ::std::convert::From<$Name> for ::sea_orm::Value {
            fn from(value: $Name) -> Self {
                value.as_str().into()
            }
        }

        impl ::sea_orm::TryGetable for $Name {
            fn try_get_by<I: ::sea_orm::ColIdx>(
                row: &::sea_orm::QueryResult,
                index: I,
            ) -> ::std::result::Result<Self, ::sea_orm::TryGetError> {
                let text = <String as ::sea_orm::TryGetable>::try_get_by(row, index)?;
                Self::parse(&text).map_err(|_| {
                    let what = format!("`{text}` is no {}", Self::NAME);
                    ::sea_orm::TryGetError::DbErr(::sea_orm::DbErr::Type(what))
                })
            }
        }

        impl ::sea_orm::sea_query::ValueType for $Name {
            fn try_from(
                value: ::sea_orm::Value,
            ) -> ::std::result::Result<Self, ::sea_orm::sea_query::ValueTypeErr> {
                let text = <String as ::sea_orm::sea_query::ValueType>::try_from(value)?;
                Self::parse(&text).map_err(|_| ::sea_orm::sea_query::ValueTypeErr)
            }

            fn type_name() -> String {
                Self::NAME.to_owned()
            }

            fn array_type() -> ::sea_orm::sea_query::ArrayType {
                ::sea_orm::sea_query::ArrayType::String
            }

            fn column_type() -> ::sea_orm::sea_query::ColumnType {
                ::sea_orm::sea_query::ColumnType::Text
            }
        }

        impl ::sea_orm::sea_query::Nullable for $Name {
            fn null() -> ::sea_orm::Value {
                ::sea_orm::Value::String(None)
            }
        }
    };
}

/// The refusal of a text that is in no list: names what is allowed, and not the text, which may be a secret that was
/// put in the wrong place.
pub fn unknown_value(allowed: &[&str]) -> super::error::Fault {
    super::error::Fault::new("", "unknown_value").with("allowed", allowed.join(", "))
}

#[cfg(test)]
pub(crate) mod tests {
    use async_graphql::resolver_utils::EnumType;

    domain_enum! {
        /// A list for this test.
        pub enum SampleKind {
            /// The plain one.
            Plain = "plain",
            /// One of two words.
            /// And of two lines.
            TwoWords = "two_words",
        }
    }

    /// Asserts that REST, GraphQL and the database tell the same story about a list.
    pub(crate) fn assert_enum_travels<T>(all: &[T], text_of: fn(T) -> &'static str)
    where
        T: EnumType + Copy + serde::Serialize + std::fmt::Debug + Into<sea_orm::Value>,
        T: sea_orm::sea_query::ValueType,
    {
        assert_eq!(all.len(), T::items().len());
        for (value, item) in all.iter().zip(T::items()) {
            let text = text_of(*value);
            assert_eq!(item.name, text.to_uppercase(), "GraphQL name of {value:?}");
            assert_eq!(serde_json::to_value(value).unwrap(), serde_json::json!(text));
            let back = <T as sea_orm::sea_query::ValueType>::try_from((*value).into()).unwrap();
            assert_eq!(text_of(back), text);
        }
    }

    #[test]
    fn a_list_reads_back_what_it_writes() {
        assert_enum_travels(SampleKind::ALL, SampleKind::as_str);
        for value in SampleKind::ALL {
            assert_eq!(SampleKind::parse(value.as_str()), Ok(*value));
        }
    }

    #[test]
    fn an_unknown_text_is_refused_with_what_is_allowed() {
        let fault = "PLAIN".parse::<SampleKind>().unwrap_err();
        assert_eq!(fault.code, "unknown_value");
        assert!(fault.args.contains(&("allowed", "plain, two_words".to_owned())));
    }

    #[test]
    fn the_openapi_description_explains_every_value() {
        let schema = serde_json::to_value(<SampleKind as utoipa::PartialSchema>::schema()).unwrap();
        let words = schema["description"].as_str().unwrap();
        assert!(words.contains("A list for this test."), "{words}");
        assert!(words.contains("- `two_words`: One of two words. And of two lines."), "{words}");
        assert_eq!(schema["enum"], serde_json::json!(["plain", "two_words"]));
    }
}
