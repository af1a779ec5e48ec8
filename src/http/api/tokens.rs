//! The doors where a token is shown, in the document.

use super::clients::proof;
use super::door::{By, Chapter, Door, Field, Takes, answer, field, named};
use super::refusals;

/// All of them.
pub fn doors() -> Vec<Door> {
    vec![userinfo("GET"), userinfo("POST"), grants(), grant("GET"), grant("DELETE")]
}

fn userinfo(method: &'static str) -> Door {
    let told = answer(200, "What the client may call the resident, and the claims she gave.")
        .kind("application/json", named("Userinfo"))
        .perhaps("DPoP-Nonce");
    Door {
        method,
        path: "/userinfo",
        name: if method == "GET" { "getUserinfo" } else { "postUserinfo" },
        chapter: Chapter::Data,
        summary: "Who signed in",
        about: "The resident's name for this client (`sub`, which no other client knows), and for ordinary clients the \
                claims that she gave (OIDC Core §5.3). Partners read claims from the vault.",
        by: By::Token,
        reads: vec![proof(false)],
        takes: Takes::Nothing,
        answers: refusals::of_clients(By::Token, vec![told]),
    }
}

fn id() -> Field {
    field("path", "grant_id", "The grant, as the answer of the token endpoint names it.").needed()
}

fn grants() -> Door {
    Door {
        method: "GET",
        path: "/grants",
        name: "getNoGrant",
        chapter: Chapter::Data,
        summary: "The address of grants",
        about: "The endpoint of Grant Management, as the metadata name it. It is no grant itself.",
        by: By::Token,
        reads: vec![proof(false)],
        takes: Takes::Nothing,
        answers: refusals::of_clients(By::Token, vec![answer(404, "Always.").json("OAuthError")]),
    }
}

fn grant(method: &'static str) -> Door {
    let looks = method == "GET";
    let (summary, about) = if looks {
        (
            "Look what a grant holds",
            "What the resident allowed this client, as its tokens say it (Grant Management §6.3).",
        )
    } else {
        ("Give a grant back", "Ends the grant, its tokens and the consent (Grant Management §6.4).")
    };
    let done = if looks {
        answer(200, "What is in it.").json("Granted").perhaps("DPoP-Nonce")
    } else {
        answer(204, "It is over.").perhaps("DPoP-Nonce")
    };
    let own = vec![done, answer(404, "No grant of this token; nobody is told whose it might be.").json("OAuthError")];
    Door {
        method,
        path: "/grants/{grant_id}",
        name: if looks { "getGrant" } else { "endGrant" },
        chapter: Chapter::Data,
        summary,
        about,
        by: By::Token,
        reads: vec![id(), proof(false)],
        takes: Takes::Nothing,
        answers: refusals::of_clients(By::Token, own),
    }
}
