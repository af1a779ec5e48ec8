//! Acts that a resident confirms with her passkey, as the script of the page does.

use serde_json::json;

use super::browser::{Answer, Browser};
use super::html;
use super::passkey::SoftPasskey;

impl Browser {
    /// Fills the form of a page that posts to `action`, presses its confirming button, shows the finger, and follows
    /// the answer; or gives the answer that refused to begin.
    pub async fn confirms(
        &self, page: &Answer, action: &str, fields: &[(&str, &str)], phone: &mut SoftPasskey,
    ) -> Answer {
        let first = self.confirms_only(page, action, fields, phone).await;
        self.follow(first).await
    }

    /// As [`Self::confirms`], without following.
    pub async fn confirms_only(
        &self, page: &Answer, action: &str, fields: &[(&str, &str)], phone: &mut SoftPasskey,
    ) -> Answer {
        let (asked, signed) = match self.signs(page, action, fields, phone).await {
            Ok(signed) => signed,
            Err(refused) => return refused,
        };
        self.posts_confirmed(page, &asked, action, &signed).await
    }

    /// Everything of a confirmation but the last step: the fields it is about, and the device's answer.
    pub async fn signs(
        &self, page: &Answer, action: &str, fields: &[(&str, &str)], phone: &mut SoftPasskey,
    ) -> Result<(Vec<(String, String)>, String), Answer> {
        let form = html::form(&page.body, action).unwrap_or_else(|| panic!("no form to {action}:\n{}", page.text()));
        let begin = html::attribute(form, "data-ceremony=\"confirm\"", "data-begin");
        let begin = begin.unwrap_or_else(|| panic!("nothing to confirm in the form to {action}:\n{}", page.text()));
        let mut asked = html::hidden_fields(&page.body, action).unwrap();
        asked.retain(|(name, _)| name != "csrf");
        asked.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let adds = html::attribute(form, "data-ceremony=\"confirm\"", "data-adds").unwrap_or_default();
        if let Some((name, value)) = adds.split_once('=') {
            asked.push((name.to_owned(), value.to_owned()));
        }
        let csrf = page.csrf();
        let begun = self.post_json(&begin, &csrf, &json!({ "csrf": csrf, "fields": asked })).await;
        if !begun.status.is_success() {
            return Err(begun);
        }
        let shown = phone.get(&begun.json()).await.expect("the phone shows its passkey");
        Ok((asked, shown.to_string()))
    }

    /// The last step: submits these fields with that answer of the device.
    pub async fn posts_confirmed(
        &self, page: &Answer, fields: &[(String, String)], action: &str, signed: &str,
    ) -> Answer {
        let mut all = vec![("csrf".to_owned(), page.csrf()), ("confirmation".to_owned(), signed.to_owned())];
        all.extend(fields.iter().cloned());
        self.post(action, &all).await
    }
}
