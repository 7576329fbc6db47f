//! `sanggar config`

use crate::config::{Config, SETTINGS, is_secret};

/// Prints each setting: its variable, what is allowed, what it is for, its value. Secrets stay hidden.
pub fn print(config: &Config) {
    let values = serde_json::to_value(config).unwrap_or_default();
    for (name, allowed, purpose) in SETTINGS {
        let value = match &values[*name] {
            serde_json::Value::Null => "(not set)".to_owned(),
            _ if is_secret(name) => "(set)".to_owned(),
            value => value.to_string(),
        };
        println!(
            "SANGGAR_{}\n    {purpose}\n    allowed: {allowed}\n    now: {value}\n",
            name.to_uppercase()
        );
    }
}
