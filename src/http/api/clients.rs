//! The doors of clients, in the document.

use super::door::{Answer, By, Chapter, Door, Field, Takes, answer, field, text};
use super::{refusals, registration};
use crate::oauth::client::GrantType;
use serde_json::json;

/// All of them.
pub fn doors() -> Vec<Door> {
    vec![push(), token(), revoke(), introspect(), poll(), receipt(), device(), registration::door()]
}

/// A door that takes a form from a client.
fn form_of(
    path: &'static str, name: &'static str, by: By, (summary, about): (&'static str, &'static str), form: Vec<Field>,
    own: Vec<Answer>,
) -> Door {
    let mut fields = form;
    fields.extend(credentials());
    Door {
        method: "POST",
        path,
        name,
        chapter: Chapter::Protocol,
        summary,
        about,
        by,
        reads: vec![proof(false)],
        takes: Takes::Form(fields),
        answers: refusals::of_clients(by, own),
    }
}

/// How a client says in a form who it is.
fn credentials() -> Vec<Field> {
    vec![
        field("form", "client_id", "The client, unless the `Authorization` header or the assertion names it."),
        field("form", "client_secret", "Its secret (`client_secret_post`), where it has one."),
        field("form", "client_assertion_type", "The kind of assertion (RFC 7523).")
            .one_of(&[crate::oauth::assertion::TYPE]),
        field("form", "client_assertion", "A JWT signed with the client's key (`private_key_jwt`); good once."),
    ]
}

/// The proof of possession.
pub fn proof(needed: bool) -> Field {
    let about = "A proof of possession of the client's key (RFC 9449), made for this request; carries our nonce.";
    let proof = field("header", "DPoP", about);
    if needed { proof.needed() } else { proof }
}

fn push() -> Door {
    let words = (
        "Push an authorization request",
        "The parameters of an authorization request, sent beforehand (RFC 9126). Partners must; others may. The answer \
         is a handle for `/authorize`, good once and not for long.",
    );
    let form = vec![
        field("form", "response_type", "The code flow is the only one.").needed().one_of(&["code"]),
        field("form", "redirect_uri", "Where the answer goes: byte for byte as registered.").needed(),
        field("form", "code_challenge", "The challenge of PKCE (RFC 7636).").needed(),
        field("form", "code_challenge_method", "Its method.").needed().one_of(&["S256"]),
        field("form", "scope", "What is asked for, separated by spaces."),
        field("form", "state", "Comes back with the answer as it is."),
        field("form", "nonce", "Comes back in the ID token as it is."),
        field("form", "authorization_details", "For partners: purpose and claims, as a JSON array (RFC 9396)."),
        field("form", "grant_management_action", "Whether the answer makes a grant, or changes one.")
            .one_of(&["create", "merge", "replace"]),
        field("form", "grant_id", "The grant that is changed."),
        field("form", "prompt", "`none`, `login`, `consent` or `select_account`."),
        field("form", "max_age", "How long ago the resident may have shown the passkey, in seconds."),
        field("form", "acr_values", "Kinds of sign-in that are wished for."),
        field("form", "ui_locales", "Languages of the pages, the best first."),
        field("form", "login_hint", "Not looked at: nobody is told who is known here."),
        field("form", "id_token_hint", "An ID token of ours: whom the client expects."),
        field(
            "form",
            "resource",
            "The client's own resource server that the token is for (RFC 8707); may stand more than once.",
        ),
        field("form", "response_mode", "How the answer comes back.").one_of(&["query"]),
        field("form", "dpop_jkt", "Thumbprint of the key that the code will be bound to."),
    ];
    let pushed = answer(201, "The request is kept.").json("Pushed").perhaps("DPoP-Nonce");
    form_of("/par", "pushAuthorizationRequest", By::Client, words, form, vec![pushed])
}

fn token() -> Door {
    let words = (
        "Get tokens",
        "A code, a refresh token or a device code becomes tokens (RFC 6749 §3.2). Tokens of partners are bound to the key \
         or certificate that is shown here. A code is used up by the first attempt, right or wrong.",
    );
    let form = vec![
        field("form", "grant_type", "What is brought.").needed().one_of(&GrantType::ALL.map(GrantType::name)),
        field("form", "code", "With `authorization_code`: the code."),
        field("form", "redirect_uri", "With `authorization_code`: as it was asked with."),
        field("form", "code_verifier", "With `authorization_code`: the secret behind the challenge."),
        field("form", "refresh_token", "With `refresh_token`: the token."),
        field("form", "device_code", "With a device code: what the device was given."),
        field("form", "scope", "With `refresh_token`: fewer scopes than were given."),
        field(
            "form",
            "resource",
            "The client's own resource server that the token is for (RFC 8707); may stand more than once.",
        ),
        field("form", "authorization_details", "Not narrowed here: an error."),
    ];
    let tokens = answer(200, "The tokens.").json("TokenSet").with("Cache-Control").perhaps("DPoP-Nonce");
    form_of("/token", "getTokens", By::Client, words, form, vec![tokens])
}

fn device() -> Door {
    let words = (
        "Begin on a device",
        "For a device that cannot show a page (RFC 8628): it shows a short code, the resident enters it on her phone, and \
         the device asks `/token` every few seconds. Faster than `interval` is `slow_down`.",
    );
    let form = vec![
        field("form", "scope", "What is asked for, separated by spaces."),
        field("form", "authorization_details", "For partners: purpose and claims, as a JSON array (RFC 9396)."),
        field("form", "resource", "A resource server that the token is for (RFC 8707); may stand more than once."),
        field("form", "acr_values", "Kinds of sign-in that are wished for."),
        field("form", "device_name", "What the device calls itself; the resident is shown it as its own word."),
    ];
    let begun = answer(200, "The codes, and where the short one is entered.").json("DeviceAuthorization");
    let begun = begun.perhaps("DPoP-Nonce");
    form_of("/device_authorization", "authorizeDevice", By::Client, words, form, vec![begun])
}

fn revoke() -> Door {
    let words = (
        "Give a token back",
        "Ends an access token, or a refresh token with all that came of it (RFC 7009). The answer is the same whether \
         there was anything to end.",
    );
    let form = vec![
        field("form", "token", "The token.").needed(),
        field("form", "token_type_hint", "Not needed; looked at by nobody."),
    ];
    form_of("/revoke", "revokeToken", By::Client, words, form, vec![answer(200, "It is ended, if it was yours.")])
}

fn introspect() -> Door {
    let words = (
        "Ask how a token stands",
        "Whether a token would be taken now, and what it is for (RFC 7662); signed for whoever accepts \
         `application/token-introspection+jwt` (RFC 9701). What is not yours to know is told as if it never was.",
    );
    let form = vec![
        field("form", "token", "The token.").needed(),
        field("form", "token_type_hint", "Not needed; looked at by nobody."),
    ];
    let told = answer(200, "How it stands.")
        .json("Introspection")
        .kind("application/token-introspection+jwt", text())
        .perhaps("DPoP-Nonce");
    form_of("/introspect", "introspectToken", By::ProvenClient, words, form, vec![told])
}

fn poll() -> Door {
    let names =
        json!({ "type": "array", "items": { "type": "string", "minLength": 1, "maxLength": 64 }, "maxItems": 100 });
    let error = json!({ "type": "object", "properties": { "err": { "type": "string" } }, "required": ["err"] });
    let errors = json!({ "type": "object", "additionalProperties": error, "maxProperties": 100 });
    let fetched = answer(200, "Signed tokens by their names; the oldest first to come.").json("Fetched");
    Door {
        method: "POST",
        path: "/events/poll",
        name: "pollEvents",
        chapter: Chapter::Protocol,
        summary: "Fetch events",
        about: "What happened to consents and residents, as signed security event tokens (RFC 8936), for clients that \
                registered to fetch them. What is neither acknowledged nor refused comes again.",
        by: By::ClientOfHeader,
        reads: Vec::new(),
        takes: Takes::Json(vec![
            field("json", "maxEvents", "How many at most.").of(json!({ "type": "integer", "minimum": 0 })),
            field("json", "returnImmediately", "Whether an empty answer is given at once.")
                .of(json!({ "type": "boolean" })),
            field("json", "ack", "The names of tokens that you have.").of(names),
            field("json", "setErrs", "The names of tokens that you cannot take, each with `err`.").of(errors),
        ]),
        answers: refusals::of_clients(By::ClientOfHeader, vec![fetched]),
    }
}

fn receipt() -> Door {
    let id = json!({ "type": "string", "pattern": "^[0-9a-f]{32}$" });
    let names =
        json!({ "type": "array", "items": { "type": "string", "minLength": 1, "maxLength": 64 }, "maxItems": 100 });
    let moment = json!({ "type": "integer", "format": "int64" });
    let answered = answer(200, "How the order stands now.").json("OrderAnswered");
    Door {
        method: "POST",
        path: "/orders/receipts",
        name: "answerDeletionOrder",
        chapter: Chapter::Protocol,
        summary: "Say that something is deleted",
        about: "The answer to a deletion order, which comes with the event that a consent has ended or was narrowed. What \
                is deleted stays deleted; what a law keeps may be reported deleted later. Silence by `due_at` is told \
                to the resident.",
        by: By::ClientOfHeader,
        reads: Vec::new(),
        takes: Takes::Json(vec![
            field("json", "order", "The order, as its event names it.").needed().of(id),
            field("json", "outcome", "What became of it.").needed().one_of(&["deleted", "kept"]),
            field("json", "kept", "With `kept`: the claims that a law makes you keep.").of(names),
            field("json", "law", "With `kept`: the law, by its code in the catalogue."),
            field("json", "kept_until", "With `kept`: until when, in Unix seconds.").of(moment),
        ]),
        answers: refusals::of_clients(By::ClientOfHeader, vec![answered]),
    }
}
