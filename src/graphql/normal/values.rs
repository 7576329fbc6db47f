//! Values against the types that the schema declares for them, with our own faults: every
//! one at once, each with its place, in words of ours.

use async_graphql::{
    Name, Pos,
    parser::types::{BaseType, Type},
};
use async_graphql_value::{ConstValue, Number};

use super::types::{InputField, Kind, Types};
use crate::foundation::{
    domain_enum::unknown_value,
    error::{Fault, Faults},
    id,
};

/// Faults of one request that are looked for; more help nobody.
const MOST_FAULTS: usize = 100;

/// Where a value stands.
#[derive(Clone, Copy)]
pub enum Place<'a> {
    /// A variable's value.
    Variable(&'a str),
    /// A literal of the document.
    Literal(Pos),
    /// A field of an input object.
    Field(&'a Place<'a>, &'a str),
    /// An item of a list.
    Item(&'a Place<'a>, usize),
}

impl Place<'_> {
    fn literal(&self) -> Option<Pos> {
        match self {
            Self::Literal(pos) => Some(*pos),
            Self::Variable(_) => None,
            Self::Field(outer, _) | Self::Item(outer, _) => outer.literal(),
        }
    }

    fn pointer(&self) -> String {
        match self {
            Self::Variable(name) => format!("/variables/{name}"),
            Self::Literal(_) => "/query".to_owned(),
            Self::Field(outer, name) => {
                format!("{}/{}", outer.pointer(), name.replace('~', "~0").replace('/', "~1"))
            }
            Self::Item(outer, at) => format!("{}/{at}", outer.pointer()),
        }
    }

    fn place(&self, mut fault: Fault) -> Fault {
        match self.literal() {
            // A pointer does not lead into the text of a document; line and column do.
            Some(pos) => {
                fault.pointer = "/query".to_owned();
                fault.with("line", pos.line).with("column", pos.column)
            }
            None => {
                fault.pointer = self.pointer();
                fault
            }
        }
    }
}

/// Holds values to types.
pub struct Check<'t> {
    types: &'t Types,
    faults: Vec<Fault>,
}

impl<'t> Check<'t> {
    /// Nothing looked at so far.
    pub fn new(types: &'t Types) -> Self {
        Self { types, faults: Vec::new() }
    }

    /// Everything found.
    pub fn faults(self) -> Faults {
        let mut all = Faults::new();
        self.faults.into_iter().for_each(|fault| all.push(fault));
        all
    }

    /// Notes a fault at a place.
    pub fn note(&mut self, place: Place<'_>, fault: Fault) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(place.place(fault));
        }
    }

    /// Holds one value to its type; a whole number written with a fraction becomes an integer.
    /// An id is also held to its `kind`, where that is known.
    pub fn value(&mut self, value: &mut ConstValue, ty: &Type, kind: Option<&str>, place: Place<'_>) {
        match (&ty.base, value) {
            // A variable in a literal: it has a type of its own.
            (_, ConstValue::Binary(_)) => {}
            (_, ConstValue::Null) if ty.nullable => {}
            (_, ConstValue::Null) => self.unfit(place, ty),
            (BaseType::List(item), ConstValue::List(values)) => {
                for (at, value) in values.iter_mut().enumerate() {
                    self.value(value, item, kind, Place::Item(&place, at));
                }
            }
            // A single value stands for a list of one.
            (BaseType::List(item), value) => self.value(value, item, kind, place),
            (BaseType::Named(name), value) => self.named(value, name, ty, kind, place),
        }
    }

    fn named(
        &mut self,
        value: &mut ConstValue,
        name: &Name,
        ty: &Type,
        kind: Option<&str>,
        place: Place<'_>,
    ) {
        let types = self.types;
        match (types.get(name), &mut *value) {
            (Some(Kind::Enum(values)), ConstValue::String(text)) => {
                self.one_of(values, text, place);
            }
            (Some(Kind::Enum(values)), ConstValue::Enum(text)) => self.one_of(values, text, place),
            (Some(Kind::Input(fields)), ConstValue::Object(_)) => self.input(value, fields, place),
            (Some(Kind::Enum(_) | Kind::Input(_)), _) => self.unfit(place, ty),
            (Some(Kind::Composite(_)), _) => {}
            (Some(Kind::Scalar) | None, _) => match scalar(name, value, kind) {
                Ok(true) => {}
                Ok(false) => self.unfit(place, ty),
                Err(fault) => self.note(place, fault),
            },
        }
    }

    fn one_of(&mut self, values: &[Name], text: &str, place: Place<'_>) {
        if !values.iter().any(|value| *value == *text) {
            let allowed: Vec<&str> = values.iter().map(Name::as_str).collect();
            self.note(place, unknown_value(&allowed));
        }
    }

    fn input(&mut self, value: &mut ConstValue, fields: &[InputField], place: Place<'_>) {
        let ConstValue::Object(map) = value else { return };
        for (name, value) in map.iter_mut() {
            let place = Place::Field(&place, name);
            match fields.iter().find(|field| field.name == *name) {
                Some(field) => {
                    let kind = self.types.kind_by_name(name);
                    self.value(value, &field.ty, kind.as_deref(), place);
                }
                None => self.note(place, Fault::new("", "field_unknown")),
            }
        }
        for field in fields.iter().filter(|field| !field.ty.nullable && !field.has_default) {
            if !map.contains_key(field.name.as_str()) {
                self.note(Place::Field(&place, &field.name), Fault::new("", "field_missing"));
            }
        }
    }

    fn unfit(&mut self, place: Place<'_>, ty: &Type) {
        let code = if place.literal().is_some() { "argument_invalid" } else { "variable_invalid" };
        self.note(place, Fault::new("", code).with("type", ty));
    }
}

/// Whether a value is of a scalar; a scalar that is not known here takes anything.
fn scalar(name: &str, value: &mut ConstValue, kind: Option<&str>) -> Result<bool, Fault> {
    if let ("Int", ConstValue::Number(number)) = (name, &mut *value) {
        return integer(number);
    }
    let text = match value {
        ConstValue::String(text) => Some(text.as_str()),
        _ => None,
    };
    let readable = |readable: bool, code| if readable { Ok(true) } else { Err(Fault::new("", code)) };
    match (name, text) {
        ("Int", _) => Ok(false),
        ("Float", _) => Ok(matches!(value, ConstValue::Number(_))),
        ("Boolean", _) => Ok(matches!(value, ConstValue::Boolean(_))),
        ("String", text) => Ok(text.is_some()),
        ("ID", Some(text)) => id::check_global(text, kind).map(|()| true),
        ("ID", None) => readable(false, "global_id_malformed"),
        ("NaiveDate", Some(text)) => readable(text.parse::<chrono::NaiveDate>().is_ok(), "date_malformed"),
        ("DateTime", Some(text)) => {
            readable(text.parse::<chrono::DateTime<chrono::Utc>>().is_ok(), "time_malformed")
        }
        ("NaiveDate" | "DateTime", None) => Ok(false),
        _ => Ok(true),
    }
}

fn integer(number: &mut Number) -> Result<bool, Fault> {
    let out_of_range =
        || Err(Fault::new("", "number_out_of_range").with("min", i32::MIN).with("max", i32::MAX));
    match (number.as_i64(), number.as_f64()) {
        (Some(whole), _) if i32::try_from(whole).is_ok() => Ok(true),
        (Some(_), _) => out_of_range(),
        (None, Some(float)) if float.fract() == 0.0 => {
            if !(f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&float) {
                return out_of_range();
            }
            *number = Number::from(float as i64);
            Ok(true)
        }
        (None, Some(float)) if !float.is_finite() => out_of_range(),
        _ => Ok(false),
    }
}
