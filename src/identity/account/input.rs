//! What commands about accounts are given.

use async_graphql::InputObject;
use serde::Deserialize;
use utoipa::ToSchema;

use super::rule::AccountLanguage;
use crate::directory::person::view::PersonId;

/// Who is invited.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InviteAccountInput {
    /// What they sign in with: 3 to 100 letters, digits and `. _ - @ +`; capitals become small. Unique.
    #[schema(example = "siti.aminah", max_length = 100)]
    pub login: String,
    /// What they are called on pages and in mail, at most 200 characters.
    #[schema(example = "Siti Aminah", max_length = 200)]
    pub name: String,
    /// Where the invitation goes.
    #[schema(format = "email", max_length = 254, example = "siti.aminah@contoh.sch.id")]
    pub email: String,
    /// Who that is in the directory; leave out for somebody who is not in it.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub person_id: Option<PersonId>,
    /// The language in which they are written to; Indonesian unless said.
    pub language: Option<AccountLanguage>,
}

/// Why an account is blocked.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BlockAccountInput {
    /// Why, at most 500 characters; whoever looks after accounts reads it.
    #[schema(example = "Pindah tugas; akun tidak lagi diperlukan.", max_length = 500)]
    pub reason: String,
}

/// Why a second factor is taken away.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RemoveAccountSecondFactorInput {
    /// Why, at most 500 characters: how it was made sure who asks.
    #[schema(example = "Ponsel hilang; identitas diperiksa melalui panggilan video.", max_length = 500)]
    pub reason: String,
}
