//! Messages outside the portal: by mail to a confirmed address, and to the gateway of short messages; nothing in them is
//! about anybody.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use latchkey::config::Network;
use latchkey::courier::{self, Mail};
use latchkey::ledger::{self, By};
use latchkey::vault::{self, Change};

use crate::support::postbox::{Postbox, Taken};
use crate::support::receiver::{Receiver, Reply};
use crate::support::town::Neighbour;
use crate::support::{SoftPasskey, TestApp, html};

/// A service with a relay and a gateway.
struct Scene {
    town: TestApp,
    postbox: Postbox,
    gateway: Receiver,
    mail: Mail,
    alice: Neighbour,
}

async fn scene() -> Scene {
    let (postbox, gateway) = (Postbox::start().await, Receiver::start().await);
    let (smtp, webhook) = (postbox.url(), gateway.at("/sms"));
    let town = TestApp::start_with(|config| {
        config.notices.smtp = smtp;
        config.notices.mail_from = "门钥 <latchkey@example.cn>".to_owned();
        config.notices.webhook = webhook;
        config.outgoing.allow = vec![Network::parse("127.0.0.0/8").unwrap()];
        config.check().unwrap();
    })
    .await;
    let mail = Mail::open(&town.app.config).unwrap().unwrap();
    let alice = town.neighbour("alice").await;
    Scene { town, postbox, gateway, mail, alice }
}

impl Scene {
    async fn deliver(&self) -> usize {
        courier::deliver_due(&self.town.app, Some(&self.mail)).await.unwrap()
    }

    async fn writes_mail(&self, address: &str) {
        let request = latchkey::crypto::random::id().unwrap();
        let mut tx = self.town.app.db.begin().await.unwrap();
        let mut head = ledger::hold(&mut tx).await.unwrap();
        let change = Change {
            resident: &self.alice.resident.id,
            fields: BTreeMap::from([("email", address.to_owned())]),
            fingerprint: None,
            by: &By::Resident,
            reason: "correction",
            request: Some(&request),
        };
        vault::write(&mut tx, &self.town.app, &mut head, change).await.unwrap();
        head.commit(tx).await.unwrap();
    }

    /// She has one more passkey, and is told so.
    async fn makes_a_passkey(&self) {
        let page = self.alice.browser.open("/me/passkeys").await.expect(200);
        self.alice.browser.registers(&page, &mut SoftPasskey::new()).await.expect(200);
    }

    async fn ways(&self) -> String {
        html::text(&self.alice.browser.open("/me/inbox/ways").await.expect(200).body)
    }
}

fn body(mail: &Taken) -> String {
    let (_, body) = mail.text.split_once("\n\n").unwrap();
    String::from_utf8(STANDARD.decode(body.replace(char::is_whitespace, "")).unwrap()).unwrap()
}

#[tokio::test]
async fn mail_goes_to_an_address_only_after_a_word_from_whoever_reads_it() {
    let scene = scene().await;
    assert!(scene.ways().await.contains("您的信息里还没有填"));
    scene.writes_mail("lihua@example.cn").await;
    scene.makes_a_passkey().await;
    scene.deliver().await;
    assert!(scene.postbox.taken().is_empty(), "nobody has confirmed the address");

    let page = scene.alice.browser.open("/me/inbox/ways").await.expect(200);
    let page = scene.alice.browser.submit(&page, "/me/inbox/mail", &[]).await.expect(200);
    assert!(html::text(&page.body).contains("确认信已经寄出"));
    let letter = scene.postbox.taken().pop().unwrap();
    assert_eq!(letter.to, "lihua@example.cn");
    let text = body(&letter);
    let address = text.lines().find(|line| line.contains("/me/inbox/mail/")).unwrap();
    let path = address.strip_prefix("https://id.test").unwrap();

    let stranger = scene.town.neighbour("bob").await;
    let page = stranger.browser.open(path).await.expect(200);
    stranger.browser.submit(&page, path, &[]).await.expect(400);
    assert!(scene.ways().await.contains("还没有确认是您的邮箱"), "somebody else confirms nothing");
}

#[tokio::test]
async fn a_confirmed_address_gets_one_sentence_and_no_name() {
    let scene = scene().await;
    scene.writes_mail("lihua@example.cn").await;
    let page = scene.alice.browser.open("/me/inbox/ways").await.expect(200);
    scene.alice.browser.submit(&page, "/me/inbox/mail", &[]).await.expect(200);
    let text = body(&scene.postbox.taken().pop().unwrap());
    let path = text.lines().find_map(|line| line.strip_prefix("https://id.test")).unwrap().to_owned();
    let page = scene.alice.browser.open(&path).await.expect(200);
    scene.alice.browser.submit(&page, &path, &[]).await.expect(200);

    scene.makes_a_passkey().await;
    scene.deliver().await;
    let mail = scene.postbox.taken().pop().unwrap();
    let text = body(&mail);
    assert!(text.contains("您多了一把通行密钥") && text.contains("https://id.test/me/inbox"), "{text}");
    for private in ["张", "丽华", "lihua", &scene.alice.resident.fields["phone"]] {
        assert!(!text.contains(private), "{private} in {text}");
    }
    assert_eq!(scene.deliver().await, 0, "once");
    assert!(
        scene.town.entries_of(&scene.alice.resident.id).await.contains(&"letter".to_owned()),
        "her book shows the look"
    );

    // She changes the address: the new one waits for a word of its own.
    scene.writes_mail("other@example.cn").await;
    let before = scene.postbox.taken().len();
    scene.makes_a_passkey().await;
    scene.deliver().await;
    assert_eq!(scene.postbox.taken().len(), before);
}

#[tokio::test]
async fn the_gateway_gets_a_signed_message_and_can_be_shut_by_her() {
    let scene = scene().await;
    scene.makes_a_passkey().await;
    assert_eq!(scene.deliver().await, 1);
    let arrived = scene.gateway.arrived().pop().unwrap();
    assert_eq!(arrived.headers["content-type"], "application/jwt");
    let (header, claims) = scene.town.verified(&arrived.body).await;
    assert_eq!(header["typ"], "notice+jwt");
    assert_eq!(claims["to"]["phone"], scene.alice.resident.fields["phone"].as_str());
    assert!(claims["text"].as_str().unwrap().contains("您多了一把通行密钥"), "{claims}");
    assert!(!claims["text"].as_str().unwrap().contains('张'), "{claims}");

    let page = scene.alice.browser.open("/me/inbox/ways").await.expect(200);
    scene.alice.browser.submit(&page, "/me/inbox/ways", &[("on", "no")]).await.expect(200);
    assert!(scene.ways().await.contains("现在不寄"));
    scene.makes_a_passkey().await;
    assert_eq!(scene.deliver().await, 0, "a telephone that others hold stays silent");
    let inbox = html::text(&scene.alice.browser.open("/me/inbox").await.body);
    assert_eq!(inbox.matches("您多了一把通行密钥").count(), 2, "the inbox has both");
}

#[tokio::test]
async fn what_was_not_taken_is_carried_again_and_each_way_once() {
    let scene = scene().await;
    scene.gateway.next([Reply::Status(503)]);
    scene.makes_a_passkey().await;
    assert_eq!(scene.deliver().await, 0);
    assert_eq!(scene.deliver().await, 0, "not at once");
    scene.town.pass_seconds(60);
    assert_eq!(scene.deliver().await, 1);
    scene.town.pass_seconds(86_400);
    assert_eq!(scene.deliver().await, 0);
    let ids: Vec<String> = scene.gateway.arrived().into_iter().map(|arrived| arrived.body).collect();
    let first = scene.town.verified(&ids[0]).await.1["jti"].clone();
    assert_eq!((ids.len(), &first), (2, &scene.town.verified(&ids[1]).await.1["jti"]), "the gateway knows it again");
}

#[tokio::test]
async fn one_message_that_cannot_be_read_holds_up_no_other() {
    let scene = scene().await;
    scene.makes_a_passkey().await;
    let bob = scene.town.neighbour("bob").await;
    let broken = scene.alice.resident.id.to_string();
    scene.town.force(&format!("UPDATE inbox_message SET due_at = due_at - 5 WHERE resident = '{broken}'")).await;
    let page = bob.browser.open("/me/passkeys").await.expect(200);
    bob.browser.registers(&page, &mut SoftPasskey::new()).await.expect(200);
    scene
        .town
        .force(&format!("UPDATE vault_field SET version = version + 1 WHERE resident = '{broken}' AND field = 'phone'"))
        .await;

    assert_eq!(scene.deliver().await, 1, "bob has his");
    let waiting = format!("inbox_message WHERE resident = '{broken}' AND due_at IS NOT NULL");
    assert_eq!(scene.town.count(&waiting).await, 1, "hers is tried again");
    assert_eq!(scene.deliver().await, 0, "not at once");
    scene.town.pass_seconds(86_401);
    assert_eq!(scene.deliver().await, 0);
    assert_eq!(scene.town.count(&waiting).await, 0, "and given up after a day");
}

#[tokio::test]
async fn a_stranger_s_mailbox_gets_three_letters_an_hour_and_no_more() {
    let scene = scene().await;
    for number in 0..3 {
        // Another address does not begin another count.
        scene.writes_mail(&format!("stranger{number}@example.cn")).await;
        let page = scene.alice.browser.open("/me/inbox/ways").await.expect(200);
        scene.alice.browser.submit(&page, "/me/inbox/mail", &[]).await.expect(200);
    }
    scene.writes_mail("stranger@example.cn").await;
    let page = scene.alice.browser.open("/me/inbox/ways").await.expect(200);
    let many = scene.alice.browser.submit(&page, "/me/inbox/mail", &[]).await.expect(429);
    assert!(html::text(&many.body).contains("已经寄了三封"), "{}", many.text());
    assert_eq!(scene.postbox.taken().len(), 3);
    scene.town.pass_seconds(3_601);
    let mut alice = scene.alice;
    alice.browser.signs_in(&mut alice.phone).await;
    let page = alice.browser.open("/me/inbox/ways").await.expect(200);
    alice.browser.submit(&page, "/me/inbox/mail", &[]).await.expect(200);
    assert_eq!(scene.postbox.taken().len(), 4);
}
