//! The page about personal data says what the program does: its tables are made of the docstrings of the columns and of the
//! register. `UPDATE_DOCS=1` writes them anew.

use std::{collections::BTreeMap, fmt::Write, path::Path};

use sanggar::{
    foundation::language::{Language, text},
    privacy::register::{APART, Copied, Empty, REGISTER, Treatment, fate, sections, seen_under},
};

const BEGIN: &str = "UPDATE_DOCS=1 -->\n";
const END: &str = "<!-- end of what is generated -->";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What each personal column is for, as its docstring says.
fn purposes() -> BTreeMap<(String, String), String> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(root().join("entity/src")).unwrap() {
        let source = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let Some((_, rest)) = source.split_once("table_name = \"") else { continue };
        let table = rest.split('"').next().unwrap();
        let mut purpose = None;
        for line in source.lines().map(str::trim) {
            if let Some((_, why)) = line.split_once("; purpose: ") {
                purpose = Some(why.trim_end_matches(']').to_owned());
            }
            let Some((column, _)) = line.strip_prefix("pub ").and_then(|line| line.split_once(':')) else {
                continue;
            };
            if let Some(purpose) = purpose.take() {
                found.insert((table.to_owned(), column.to_owned()), purpose);
            }
        }
    }
    found
}

fn generated() -> String {
    let mut page = String::from("\n## Every personal column\n\n");
    page += "| column | class | what for | scope of an app | erasure |\n|---|---|---|---|---|\n";
    let purposes = purposes();
    for (table, column, class) in entity::personal::CLASSES {
        let purpose = &purposes[&((*table).to_owned(), (*column).to_owned())];
        let scope = seen_under(table, *class);
        let scope = scope.map_or("nobody sees it".to_owned(), |scope| format!("`{}`", scope.as_str()));
        let (class, fate) = (class.as_str(), fate(table, column));
        writeln!(page, "| `{table}.{column}` | {class} | {purpose} | {scope} | {fate} |").unwrap();
    }
    page += "\n## Every section of the copy\n\n| section | rows of | what it is |\n|---|---|---|\n";
    for section in sections() {
        let key = format!("personal-data-section-{}", section.name.replace('_', "-"));
        let words = text(Language::English, &key, &[]).unwrap();
        let table = section.table().unwrap().name();
        writeln!(page, "| `{}` | `{table}` | {words} |", section.name).unwrap();
    }
    page += "\n## Every column that leads to a person\n\n| column | in the copy | erasure |\n|---|---|---|\n";
    for entry in REGISTER {
        let copy = match entry.copy {
            Copied::In(section) => format!("`{section}`"),
            Copied::Without(section, left) => format!("`{section}`, without `{}`", left.join("`, `")),
            Copied::No(why) => format!("no: {why}"),
        };
        let erasure = match entry.erasure {
            Treatment::Delete => "the row goes".to_owned(),
            Treatment::Apart => APART.to_owned(),
            Treatment::Keep(why) => format!("stays: {why}"),
            Treatment::Blank(columns) => {
                let of = |(column, empty): &(&str, Empty)| match empty {
                    Empty::Text(text) if !text.is_empty() => format!("`{column}` is `{text}`"),
                    _ => format!("`{column}` is empty"),
                };
                format!("stays: {}", columns.iter().map(of).collect::<Vec<_>>().join(", "))
            }
        };
        writeln!(page, "| `{}.{}` | {copy} | {erasure} |", entry.table.name(), entry.column).unwrap();
    }
    page.push('\n');
    page
}

#[test]
fn the_page_about_personal_data_says_what_the_program_does() {
    let path = root().join("docs/personal-data.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(BEGIN).expect("the page says where the tables begin");
    let (told, after) = rest.split_once(END).expect("the page says where the tables end");
    let now = generated();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, [before, BEGIN, &now, END, after].concat()).unwrap();
        return;
    }
    assert!(
        told == now,
        "docs/personal-data.md is not what the register says; UPDATE_DOCS=1 writes it anew:\n{now}"
    );
}
