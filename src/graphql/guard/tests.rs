use std::fmt::Write as _;

use async_graphql::{
    Variables,
    parser::types::{ExecutableDocument, Selection, SelectionSet},
};
use proptest::prelude::*;
use serde_json::json;

use super::{shape::Walk, *};

fn read(text: &str, limits: &Limits) -> Result<ExecutableDocument> {
    super::read(text, limits).map(|(document, _)| document)
}

fn code_of(text: &str) -> &'static str {
    code_with(text, json!({}))
}

fn code_with(text: &str, variables: serde_json::Value) -> &'static str {
    let limits = Limits::default();
    let measured = read(text, &limits)
        .and_then(|document| measure(&document, None, &Variables::from_json(variables), &limits));
    match measured {
        Ok(_) => "ok",
        Err(error) => error.code(),
    }
}

fn measured(text: &str, variables: serde_json::Value) -> Measure {
    let limits = Limits::default();
    let document = read(text, &limits).unwrap();
    measure(&document, None, &Variables::from_json(variables), &limits).unwrap()
}

/// The work of the walk in selections looked at, whether it accepts or refuses is no matter.
fn work(document: &ExecutableDocument) -> u64 {
    let none = u64::MAX;
    let limits =
        Limits { selections: none, merges: none, aliases: none, directives: none, ..Limits::default() };
    Walk::new(document, &limits).document().unwrap().1
}

fn doubling(levels: usize) -> String {
    let mut text = "{ ...F0 }".to_owned();
    for i in 0..levels {
        write!(text, " fragment F{i} on Q {{ ...F{n} ...F{n} }}", n = i + 1).unwrap();
    }
    write!(text, " fragment F{levels} on Q {{ a }}").unwrap();
    text
}

#[test]
fn an_ordinary_query_is_measured_field_by_field() {
    let text = "query L($n: Int!) { batches(first: $n) @cached { edges { node { id title: name ...S } } } }
        fragment S on Batch { seatsLeft program { name } }";
    let found = measured(text, json!({"n": 10}));
    assert_eq!(found, Measure { fields: 8, depth: 5, aliases: 1, directives: 1, cost: 200 + 1 + 10 * 7 });
}

#[test]
fn a_list_is_costed_by_its_literal_its_variable_its_default_and_else_by_the_default_page() {
    let cost = |text: &str, variables| measured(text, variables).cost - 200;
    assert_eq!(cost("{ a(first: 50) { b } }", json!({})), 51);
    assert_eq!(cost("query($n: Int) { a(last: $n) { b } }", json!({"n": 7})), 8);
    assert_eq!(cost("query($n: Int = 9) { a(limit: $n) { b } }", json!({})), 10);
    assert_eq!(cost("query($n: Int) { a(first: $n) { edges { b } } }", json!({})), 1 + 20 * 2);
    assert_eq!(cost("{ a { ...E } } fragment E on A { nodes { b } }", json!({})), 1 + 20 * 2);
    assert_eq!(cost("{ a(first: -5) { b } }", json!({})), 2, "a negative size is no discount");
}

#[test]
fn a_statement_costs_two_hundred_whichever_way_a_document_asks_for_it() {
    let cost = |text: &str| measured(text, json!({"i": ["x", "y"], "none": null})).cost;
    assert_eq!(cost("{ a b { c } }"), 2 * 200 + 3);
    assert_eq!(cost("{ __typename }"), 1);
    assert_eq!(cost("{ ...R x { ...R } } fragment R on Q { a }"), 2 * 200 + 3, "a root field by its place");
    assert_eq!(cost("{ ... { a } }"), 200 + 1);
    assert_eq!(cost("{ nodes(ids: [1, 2, 3]) { b } }"), 3 * 200 + 4);
    assert_eq!(cost("query($i: [ID!]!) { a(ids: $i) { b } }"), 2 * 200 + 3);
    let hundred = format!("{{ nodes(ids: [{}]) {{ b }} }}", "1 ".repeat(100));
    let kinds = u64::try_from(crate::graphql::node::KINDS.len()).unwrap();
    assert_eq!(cost(&hundred), kinds * 200 + 1 + 10 + 100, "no more than there are kinds");
    assert_eq!(cost("{ a { totalCount nodes { b } } }"), 2 * 200 + 1 + 20 * 3);
    // However many rows a page hangs below, it is one statement; with a cursor it is one for each row.
    assert_eq!(
        cost("{ a(first: 50) { nodes { b(first: 2) { nodes { c } } } } }"),
        2 * 200 + 1 + 50 * (1 + 1 + 2 * 2)
    );
    let after = |value: &str| {
        format!(
            "query($none: ID) {{ a(first: 50) {{ nodes {{ b(first: 2 after: {value}) {{ nodes {{ c }} }} }} }} }}"
        )
    };
    assert_eq!(cost(&after("\"x\"")), 200 + 1 + 50 * (1 + 200 + 1 + 2 * 2));
    assert_eq!(cost(&after("$none")), 2 * 200 + 1 + 50 * (1 + 1 + 2 * 2));
    let many = |n: usize| (0..n).map(|i| format!("a{i}: a {{ b }} ")).collect::<String>();
    assert_eq!(code_of(&format!("{{ {} }}", many(99))), "ok");
    assert_eq!(code_of(&format!("{{ {} }}", many(100))), "query_too_costly");
}

#[test]
fn lists_without_a_size_are_read_off_the_schema_and_costed_as_a_page() {
    let sdl = "type Query { regions: RegionConnection! tags: [String!]! nodes(ids: [ID!]!): [Node]! }
        type RegionConnection { edges: [RegionEdge!]! nodes: [Region!]! }
        type RegionEdge { node: Region! }
        interface Node { id: ID! related: [Node!] }
        type Region implements Node { id: ID! children: [Region!]! related: [Node!] grid: [[Region]] }";
    let mut found: Vec<String> = sizeless_lists(sdl).into_iter().collect();
    found.sort();
    assert_eq!(found, ["children", "grid", "related"]);

    let limits = Limits { sizeless_lists: sizeless_lists(sdl), ..Limits::default() };
    let cost_of = |text: &str| {
        let document = read(text, &limits).unwrap();
        measure(&document, None, &Variables::default(), &limits).map(|m| m.cost).map_err(|e| e.code())
    };
    assert_eq!(cost_of("{ region { children { name } } }"), Ok(200 + 1 + 1 + 20));
    let spiral = format!("{{ region {}name{} }}", "{ children ".repeat(4) + "{ ", " }".repeat(5));
    assert_eq!(cost_of(&spiral), Err("query_too_costly"));
}

#[test]
fn nested_lists_multiply_and_saturate() {
    assert_eq!(code_of("{ a(first: 100) { b(first: 100) { c(first: 100) { d } } } }"), "query_too_costly");
    let huge = u64::MAX;
    assert_eq!(
        code_of(&format!("{{ a(first: {huge}) {{ b(first: {huge}) {{ c }} }} }}")),
        "query_too_costly"
    );
    assert_eq!(code_with("query($n: Int) { a(first: $n) { b } }", json!({"n": 1e300})), "query_too_costly");
}

#[test]
fn a_chain_of_doubling_fragments_costs_its_length_and_is_refused() {
    for levels in [10, 20, 40] {
        let document = read(&doubling(levels), &Limits::default()).unwrap();
        assert_eq!(work(&document), 2 * levels as u64 + 2, "two spreads a fragment, once each");
    }
    assert_eq!(code_of(&doubling(6)), "ok");
    assert_eq!(code_of(&doubling(10)), "query_too_costly", "a thousand fields at the top");
    assert_eq!(code_of(&doubling(20)), "too_many_fields");
    assert_eq!(code_of(&doubling(45)), "too_many_fields");
    assert_eq!(code_of(&doubling(150)), "query_too_deep");
}

#[test]
fn a_chain_of_fragments_is_refused_before_it_can_use_up_the_stack() {
    let mut text = "{ ...F0 }".to_owned();
    for i in 0..199 {
        let deep = "... {".repeat(5);
        write!(text, " fragment F{i} on Q {{ {deep} ...F{} {} }}", i + 1, "}".repeat(5)).unwrap();
    }
    text.push_str(" fragment F199 on Q { a }");
    assert_eq!(code_of(&text), "query_too_deep");
}

#[test]
fn fragment_cycles_are_refused_even_where_no_operation_reaches_them() {
    assert_eq!(code_of("{ ...A } fragment A on Q { ...A }"), "fragment_cycle");
    assert_eq!(code_of("{ ...A } fragment A on Q { b { ...B } } fragment B on Q { ...A }"), "fragment_cycle");
    assert_eq!(code_of("{ a } fragment A on Q { ...B } fragment B on Q { ...A }"), "fragment_cycle");
}

#[test]
fn floods_are_refused_each_by_its_name() {
    let many = |n: usize, one: &str| one.repeat(n);
    let aliases: String = (0..201).map(|i| format!("a{i}: a ")).collect();
    assert_eq!(code_of(&format!("{{ {aliases} }}")), "too_many_aliases");
    assert_eq!(code_of(&format!("{{ a {} }}", many(201, "@d "))), "too_many_directives");
    assert_eq!(code_of(&format!("{{ {} }}", many(5_001, "a "))), "too_many_fields");
    assert_eq!(code_of(&format!("{{ a({}) }}", many(33, "x: 1 "))), "too_many_arguments");
    let fragments: String = (0..201).map(|i| format!("fragment F{i} on Q {{ a }} ")).collect();
    assert_eq!(code_of(&format!("{{ a }} {fragments}")), "too_many_fragments");
    let operations: String = (0..21).map(|i| format!("query O{i} {{ a }} ")).collect();
    assert_eq!(code_of(&operations), "too_many_operations");
    let variables: String = (0..101).map(|i| format!("$v{i}: Int ")).collect();
    assert_eq!(code_of(&format!("query ({variables}) {{ a }}")), "too_many_variables");
    assert_eq!(code_of(&format!("{{ {}a{} }}", many(12, "a {"), many(12, "}"))), "query_too_deep");
}

#[test]
fn a_fragment_merged_into_many_sets_is_refused_by_the_comparisons_it_would_cost() {
    let wide = "a ".repeat(150);
    let text = format!("{{ {} }} fragment W on Q {{ {wide} }}", "q { ...W } ".repeat(140));
    assert_eq!(code_of(&text), "too_many_fields");
}

#[test]
fn a_large_variable_used_many_times_is_refused() {
    let uses = "a(x: $v) ".repeat(100);
    let text = format!("query($v: [Int!]) {{ {uses} }}");
    let values: Vec<u32> = (0..1_000).collect();
    assert_eq!(code_with(&text, json!({"v": values})), "too_many_values");
    assert_eq!(code_with("query($v: [Int!]) { a(x: $v) }", json!({"v": values})), "ok");
}

#[test]
fn the_scan_refuses_before_the_parser_is_asked() {
    let limits = Limits::default();
    for open in ["{a", "{a(x:[", "{a(x:{a:", "query($a:[", "{...{", "query($a:Int=["] {
        let text = open.repeat(200);
        assert_eq!(scan(&text, &limits).unwrap_err().code(), "query_too_deep", "{open}");
    }
    assert_eq!(scan(&" ".repeat(65 * 1024), &limits).unwrap_err().code(), "query_too_large");
    assert_eq!(scan(&"a ".repeat(8_001), &limits).unwrap_err().code(), "query_too_large");
    assert_eq!(scan(&"#\n".repeat(8_001), &limits).unwrap_err().code(), "query_too_large");
    assert_eq!(scan(&"[]".repeat(4_001), &limits).unwrap_err().code(), "query_too_large");
}

#[test]
fn the_scan_reads_strings_comments_and_numbers_as_one_token_each() {
    let tokens = |text: &str| scan(text, &Limits::default()).unwrap();
    assert_eq!(tokens("{ a(x: \"{[(\\\"{\") }"), Lexemes { tokens: 8, nesting: 2 });
    assert_eq!(tokens("{ a(x: \"\"\"{ \\\"\"\" { \" \"\"\") }"), Lexemes { tokens: 8, nesting: 2 });
    assert_eq!(tokens("{ a # {{{ \n }"), Lexemes { tokens: 4, nesting: 1 });
    assert_eq!(tokens("-1.5e+10 ...on"), Lexemes { tokens: 3, nesting: 0 });
    assert_eq!(tokens("\"never closed {{{"), Lexemes { tokens: 1, nesting: 0 });
    assert_eq!(tokens(""), Lexemes::default());
}

#[test]
fn a_syntax_error_says_where_and_what_was_expected_without_the_text_around_it() {
    let text = format!("{{ {} ( }}", "x".repeat(500));
    let Err(Error::Malformed(fault)) = read(&text, &Limits::default()) else { panic!("accepted") };
    assert_eq!(fault.code, "query_syntax");
    let told: String = fault.args.iter().map(|(name, value)| format!("{name}={value};")).collect();
    assert!(told.starts_with("line=1;column=506;detail=expected"), "{told}");
    assert!(told.len() < 200, "{told}");
}

#[test]
fn the_introspection_query_of_every_usual_tool_passes_and_costs() {
    let found = measured(include_str!("introspection.graphql"), json!({}));
    assert!(found.depth > Limits::default().depth, "deeper than data may go: {}", found.depth);
    assert!((1_000..=10_000).contains(&found.cost), "{}", found.cost);
    let whole_types = "types { ...FullType } ";
    let many: String = ["b", "c", "d", "e"].map(|alias| format!("{alias}: {whole_types}")).concat();
    let text = include_str!("introspection.graphql").replacen(
        whole_types.trim(),
        &format!("{whole_types}{many}"),
        1,
    );
    assert_eq!(code_of(&text), "query_too_costly");
    let spiral = "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }";
    assert_eq!(code_of(spiral), "query_too_deep");
    let back = "{ __type(name: \"Node\") { possibleTypes { interfaces { possibleTypes { name } } } } }";
    assert_eq!(code_of(back), "query_too_deep");
    let hidden = "{ __type(name: \"Q\") { ...F } } fragment F on __Type { fields { type { ...G } } }
        fragment G on __Type { inputFields { type { fields { name } } } }";
    assert_eq!(code_of(hidden), "query_too_deep");
    let usual = "{ __type(name: \"Q\") { fields { type { fields { name type { name } } } } } }";
    assert_eq!(code_of(usual), "ok");
}

#[test]
fn an_operation_is_chosen_by_name_or_by_being_alone() {
    let limits = Limits::default();
    let two = read("query A { a } query B { b { c } }", &limits).unwrap();
    let chosen =
        |name| select(&two, name).map(|(_, o)| o.node.selection_set.node.items.len()).map_err(|e| e.code());
    assert_eq!(chosen(Some("B")), Ok(1));
    assert_eq!(chosen(Some("C")), Err("operation_unknown"));
    assert_eq!(chosen(None), Err("operation_name_needed"));
    let nothing = Variables::default();
    assert_eq!(measure(&two, Some("A"), &nothing, &limits).unwrap().cost, 200 + 1);
    assert_eq!(measure(&two, Some("B"), &nothing, &limits).unwrap().cost, 200 + 2);
}

/// What the guard must find, by expanding every fragment where it is spread.
#[derive(Debug, Default, PartialEq, Eq)]
struct Naive {
    fields: u64,
    depth: u64,
    aliases: u64,
    directives: u64,
    cost: u64,
}

fn naive(document: &ExecutableDocument, set: &SelectionSet, root: bool) -> Naive {
    let mut sum = Naive::default();
    for item in &set.items {
        let inner = match &item.node {
            Selection::Field(field) => {
                let inner = naive(document, &field.node.selection_set.node, false);
                let rows =
                    field.node.get_argument("first").map_or(1, |n| n.node.to_string().parse().unwrap());
                Naive {
                    fields: inner.fields + 1,
                    depth: inner.depth + 1,
                    aliases: inner.aliases + u64::from(field.node.alias.is_some()),
                    directives: inner.directives,
                    cost: 1 + rows * inner.cost + if root { 200 } else { 0 },
                }
            }
            Selection::InlineFragment(inline) => naive(document, &inline.node.selection_set.node, root),
            Selection::FragmentSpread(spread) => {
                let spread = &document.fragments[&spread.node.fragment_name.node].node;
                naive(document, &spread.selection_set.node, root)
            }
        };
        sum.fields += inner.fields;
        sum.depth = sum.depth.max(inner.depth);
        sum.aliases += inner.aliases;
        sum.directives += inner.directives + item.node.directives().len() as u64;
        sum.cost += inner.cost;
    }
    sum
}

/// A selection set in which fragment `n` may spread only fragments above `n`: no cycles.
fn selections(above: usize) -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("a ".to_owned()),
        Just("x: b ".to_owned()),
        Just("c @d ".to_owned()),
        (above..4_usize).prop_map(|n| format!("...F{n} ")),
        Just("...F3 @d ".to_owned()),
    ];
    let nested = leaf.prop_recursive(4, 24, 4, |inner| {
        let set = prop::collection::vec(inner, 1..4).prop_map(|items| items.concat());
        prop_oneof![
            set.clone().prop_map(|s| format!("... on Q @d {{ {s} }} ")),
            set.clone().prop_map(|s| format!("e {{ {s} }} ")),
            (set, 1..30_u32).prop_map(|(s, n)| format!("y: f(first: {n}) {{ {s} }} ")),
        ]
    });
    prop::collection::vec(nested, 1..4).prop_map(|items| items.concat())
}

proptest! {
    #[test]
    fn memoised_measure_equals_naive_expansion(
        root in selections(0), f0 in selections(1), f1 in selections(2), f2 in selections(3)
    ) {
        let text = format!(
            "{{ {root} }} fragment F0 on Q {{ {f0} }} fragment F1 on Q {{ {f1} }} \
             fragment F2 on Q {{ {f2} }} fragment F3 on Q {{ a }}"
        );
        let none = u64::MAX;
        let limits = Limits {
            depth: none, nesting: 1_000, selections: none, merges: none, aliases: none, directives: none,
            values: none, cost: none, tokens: none, ..Limits::default()
        };
        let document = read(&text, &limits).unwrap();
        let found = measure(&document, None, &Variables::default(), &limits).unwrap();
        let expected = naive(&document, &select(&document, None).unwrap().1.node.selection_set.node, true);
        let found = Naive {
            fields: found.fields, depth: found.depth, aliases: found.aliases,
            directives: found.directives, cost: found.cost,
        };
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn no_text_makes_the_guard_panic(text in "[{}()\\[\\]a$:!@.\"#\\\\ \n0-9-]{0,200}") {
        let limits = Limits::default();
        if let Ok(document) = read(&text, &limits) {
            let _ = measure(&document, None, &Variables::default(), &limits);
        }
    }
}
