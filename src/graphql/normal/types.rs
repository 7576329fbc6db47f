//! What the schema says of each type, as far as documents, values and answers are held to it.
//! Read once from the SDL that is served, so that there is one statement of the contract.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use async_graphql::{
    Name,
    parser::{
        parse_schema,
        types::{
            BaseType, FieldDefinition, InputValueDefinition, OperationType, Type, TypeDefinition, TypeKind,
            TypeSystemDefinition,
        },
    },
};

/// The types of introspection, which no SDL holds.
const INTROSPECTION: &str = include_str!("introspection.graphql");
/// The name under which that file keeps the fields that every root, or every type, has.
const ROOTS: &str = "__Roots";

/// Every type of a schema.
#[derive(Debug, Default)]
pub struct Types {
    query: String,
    mutation: Option<String>,
    subscription: Option<String>,
    named: HashMap<String, Kind>,
    lengths: Lengths,
}

/// What a type is.
#[derive(Debug)]
pub enum Kind {
    /// An object, an interface or a union.
    Composite(Composite),
    /// An enum, with its values.
    Enum(Vec<Name>),
    /// An input object, with its fields.
    Input(Vec<InputField>),
    /// A scalar.
    Scalar,
}

/// What can be selected on a type, and what can stand in its place.
#[derive(Debug, Default)]
pub struct Composite {
    fields: HashMap<Name, Arc<Output>>,
    implements: HashSet<Name>,
    /// The objects that an abstract type stands for; `None` for an object.
    possible: Option<Vec<Name>>,
}

/// A field that can be selected.
#[derive(Debug)]
pub struct Output {
    /// The type of its answer.
    pub ty: Type,
    /// Its arguments.
    pub args: Vec<InputField>,
}

/// A field of an input object, or an argument.
#[derive(Debug)]
pub struct InputField {
    /// Its name.
    pub name: Name,
    /// Its type.
    pub ty: Type,
    /// Whether it may be left out although it cannot be null.
    pub has_default: bool,
}

/// How long the lists are that introspection answers: on the average, and at most.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lengths {
    /// Types of the schema.
    pub types: u64,
    /// By the name of a field of `__Type`, `__Field` or `__Schema`: average and most.
    pub lists: HashMap<&'static str, (u64, u64)>,
}

impl Lengths {
    /// Those of a schema of some size.
    pub fn usual() -> Self {
        let lists = [
            ("types", (250, 250)),
            ("directives", (8, 8)),
            ("fields", (6, 60)),
            ("inputFields", (2, 20)),
            ("enumValues", (1, 20)),
            ("possibleTypes", (1, 15)),
            ("interfaces", (1, 2)),
            ("args", (1, 15)),
        ];
        Self { types: 250, lists: lists.into() }
    }
}

impl Types {
    /// Reads the types out of SDL. What cannot be read is logged and leaves nothing known, so
    /// that documents are run as the library understands them.
    pub fn of(sdl: &str) -> Self {
        let mut types = Self { query: "Query".to_owned(), ..Self::default() };
        let mut counts = Counts::default();
        for (text, own) in [(sdl, true), (INTROSPECTION, false)] {
            match parse_schema(text) {
                Ok(document) => {
                    for definition in document.definitions {
                        types.define(definition, if own { Some(&mut counts) } else { None });
                    }
                }
                Err(error) => tracing::error!(%error, "the schema cannot be read for its types"),
            }
        }
        types.link();
        types.lengths = counts.lengths(&types);
        types
    }

    fn define(&mut self, definition: TypeSystemDefinition, counts: Option<&mut Counts>) {
        match definition {
            TypeSystemDefinition::Schema(schema) => {
                let name = |name: Option<async_graphql::Positioned<Name>>| name.map(|n| n.node.to_string());
                self.query = name(schema.node.query).unwrap_or_else(|| "Query".to_owned());
                self.mutation = name(schema.node.mutation);
                self.subscription = name(schema.node.subscription);
            }
            TypeSystemDefinition::Type(ty) => {
                if let Some(counts) = counts {
                    counts.add(&ty.node);
                }
                self.named.insert(ty.node.name.node.to_string(), kind(ty.node.kind));
            }
            TypeSystemDefinition::Directive(_) => {
                if let Some(counts) = counts {
                    counts.directives += 1;
                }
            }
        }
    }

    /// What each interface stands for, known once every object is.
    fn link(&mut self) {
        let mut possible: HashMap<Name, Vec<Name>> = HashMap::new();
        for (name, kind) in &self.named {
            let Kind::Composite(Composite { implements, possible: None, .. }) = kind else { continue };
            for interface in implements {
                possible.entry(interface.clone()).or_default().push(Name::new(name));
            }
        }
        for (interface, mut objects) in possible {
            objects.sort();
            if let Some(Kind::Composite(composite)) = self.named.get_mut(interface.as_str()) {
                composite.possible.get_or_insert_default().extend(objects);
            }
        }
    }

    /// The type that an operation begins at.
    pub fn root(&self, operation: OperationType) -> &str {
        match operation {
            OperationType::Query => &self.query,
            OperationType::Mutation => self.mutation.as_deref().unwrap_or_default(),
            OperationType::Subscription => self.subscription.as_deref().unwrap_or_default(),
        }
    }

    /// A type by its name.
    pub fn get(&self, name: &str) -> Option<&Kind> {
        self.named.get(name)
    }

    /// How long introspection's lists are.
    pub fn lengths(&self) -> &Lengths {
        &self.lengths
    }

    fn composite(&self, name: &str) -> Option<&Composite> {
        match self.named.get(name) {
            Some(Kind::Composite(composite)) => Some(composite),
            _ => None,
        }
    }

    /// A field of a type; `None` for one that there is not.
    pub fn field(&self, on: &str, name: &str) -> Option<&Arc<Output>> {
        let own = self.composite(on).and_then(|composite| composite.fields.get(name));
        let of_all = || match name {
            "__typename" => true,
            "__schema" | "__type" => on == self.query,
            _ => false,
        };
        own.or_else(|| of_all().then(|| self.composite(ROOTS)?.fields.get(name)).flatten())
    }

    /// The name of a type, as the schema keeps it, if fields can be selected on it.
    pub fn selectable<'t>(&self, ty: &'t Type) -> Option<&'t str> {
        let name = named(ty);
        self.composite(name).map(|_| name)
    }

    /// Whose id an argument is, as far as that can be known: `batch(id:)` of the query takes
    /// a batch's, and `batchId` is one wherever it stands.
    pub fn kind_of_id(&self, on: &str, field: &str, of: &Output, argument: &str) -> Option<String> {
        if argument != "id" {
            return self.kind_by_name(argument);
        }
        let answered = named(&of.ty);
        (on == self.query && self.has_ids(answered) && is_lowered(field, answered))
            .then(|| answered.to_owned())
    }

    /// Whose id a field of this name is: `batchId`, `certificateIds`.
    pub fn kind_by_name(&self, name: &str) -> Option<String> {
        let stem = name.strip_suffix("Ids").or_else(|| name.strip_suffix("Id"))?;
        let kinds = self.possible("Node")?;
        kinds.iter().find(|kind| is_lowered(stem, kind)).map(Name::to_string)
    }

    fn has_ids(&self, kind: &str) -> bool {
        self.possible("Node").is_some_and(|kinds| kinds.iter().any(|one| one == kind))
    }

    /// The objects that an abstract type stands for; `None` for an object.
    pub fn possible(&self, name: &str) -> Option<&[Name]> {
        self.composite(name)?.possible.as_deref()
    }

    /// Whether everything that `on` stands for also is a `condition`.
    pub fn is(&self, on: &str, condition: &str) -> bool {
        on == condition
            || self.composite(on).is_some_and(|composite| composite.implements.contains(condition))
            || self.composite(condition).is_some_and(|c| {
                c.possible.as_ref().is_some_and(|objects| objects.iter().any(|object| object == on))
            })
    }
}

/// Whether a field's name is a type's, with a small letter first.
fn is_lowered(field: &str, ty: &str) -> bool {
    let mut letters = ty.chars();
    let first = letters.next().map(|c| c.to_ascii_lowercase());
    let mut own = field.chars();
    own.next() == first && own.as_str() == letters.as_str()
}

/// The name at the bottom of a type.
pub fn named(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name,
        BaseType::List(item) => named(item),
    }
}

fn kind(kind: TypeKind) -> Kind {
    let composite =
        |fields: Vec<async_graphql::Positioned<FieldDefinition>>, implements: Vec<_>, possible| {
            Kind::Composite(Composite {
                fields: fields
                    .into_iter()
                    .map(|field| field.node)
                    .map(|field| {
                        let args = field.arguments.into_iter().map(|arg| input_field(arg.node)).collect();
                        (field.name.node, Arc::new(Output { ty: field.ty.node, args }))
                    })
                    .collect(),
                implements: implements
                    .into_iter()
                    .map(|name: async_graphql::Positioned<Name>| name.node)
                    .collect(),
                possible,
            })
        };
    match kind {
        TypeKind::Object(object) => composite(object.fields, object.implements, None),
        TypeKind::Interface(interface) => composite(interface.fields, interface.implements, Some(Vec::new())),
        TypeKind::Union(union) => {
            let members = union.members.into_iter().map(|name| name.node).collect();
            composite(Vec::new(), Vec::new(), Some(members))
        }
        TypeKind::Enum(list) => Kind::Enum(list.values.into_iter().map(|v| v.node.value.node).collect()),
        TypeKind::InputObject(input) => {
            Kind::Input(input.fields.into_iter().map(|f| input_field(f.node)).collect())
        }
        TypeKind::Scalar => Kind::Scalar,
    }
}

fn input_field(field: InputValueDefinition) -> InputField {
    InputField { name: field.name.node, ty: field.ty.node, has_default: field.default_value.is_some() }
}

/// Sums for [`Lengths`]: total and most of each kind of list.
#[derive(Default)]
struct Counts {
    types: u64,
    directives: u64,
    fields: u64,
    lists: HashMap<&'static str, (u64, u64)>,
}

impl Counts {
    fn note(&mut self, list: &'static str, length: usize) {
        let (total, most) = self.lists.entry(list).or_default();
        *total += length as u64;
        *most = (*most).max(length as u64);
    }

    fn add(&mut self, ty: &TypeDefinition) {
        self.types += 1;
        let fields = match &ty.kind {
            TypeKind::Object(object) => {
                self.note("interfaces", object.implements.len());
                &object.fields
            }
            TypeKind::Interface(interface) => &interface.fields,
            TypeKind::Enum(list) => return self.note("enumValues", list.values.len()),
            TypeKind::InputObject(input) => return self.note("inputFields", input.fields.len()),
            TypeKind::Union(_) | TypeKind::Scalar => return,
        };
        self.note("fields", fields.len());
        for field in fields {
            self.fields += 1;
            self.note("args", field.node.arguments.len());
        }
    }

    /// Averages are rounded up, so that no sum over them is smaller than the truth.
    fn lengths(mut self, types: &Types) -> Lengths {
        for kind in types.named.values() {
            if let Kind::Composite(Composite { possible: Some(possible), .. }) = kind {
                self.note("possibleTypes", possible.len());
            }
        }
        // Built-in scalars and the types of introspection are listed as well.
        let all = self.types + 16;
        let among = |list: &str| if list == "args" { self.fields.max(1) } else { all };
        let mut lists: HashMap<&'static str, (u64, u64)> = self
            .lists
            .iter()
            .map(|(list, (total, most))| (*list, (total.div_ceil(among(list)).max(1), (*most).max(1))))
            .collect();
        lists.insert("types", (all, all));
        lists.insert("directives", (self.directives + 4, self.directives + 4));
        Lengths { types: all, lists }
    }
}
