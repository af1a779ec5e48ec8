//! `/me/data`: what the community knows, masked, and shown on press.

use askama::Template;
use axum::extract::State;
use axum::response::Html;

use crate::app::App;
use crate::claims::FIELDS;
use crate::claims::release::masked_field;
use crate::http::error::{PageError, Trouble};
use crate::http::extract::{Form, SignedIn};
use crate::http::pages::{DataField, DataGroup, DataPage, FieldSource, Tab};
use crate::vault;

pub async fn data(State(app): State<App>, signed_in: SignedIn) -> Result<Html<String>, PageError> {
    page(&app, &signed_in, None).await
}

pub async fn reveal(
    State(app): State<App>, signed_in: SignedIn, Form(mut fields): Form,
) -> Result<Html<String>, PageError> {
    let field = fields.take("field")?.filter(|field| FIELDS.contains(&field.as_str()));
    let field = field.ok_or(Trouble::bad_request("no such field"))?;
    fields.done()?;
    page(&app, &signed_in, Some(&field)).await
}

async fn page(app: &App, signed_in: &SignedIn, revealed: Option<&str>) -> Result<Html<String>, PageError> {
    let resident = signed_in.whose();
    let seen = FIELDS.iter().filter(|field| signed_in.may_see(field));
    let names: Vec<String> = seen.map(|field| (*field).to_owned()).collect();
    let values = vault::look(app, resident, &signed_in.by(), &names, signed_in.request.clone()).await?;
    let origins = vault::origins(&mut app.db.read().await?, resident).await?;
    let field = |name: &&str| {
        // A field that was emptied says nothing.
        let value = values.get(*name).filter(|value| !value.is_empty())?;
        let masked = masked_field(name, value);
        let shown = revealed == Some(*name);
        Some(DataField {
            name: (*name).to_owned(),
            masked: masked.is_some() && !shown,
            revealed: shown,
            value: masked.filter(|_| !shown).unwrap_or_else(|| value.clone()),
            source: FieldSource::of(origins.get(*name)?),
        })
    };
    let group = |(code, names): (&'static str, &'static [&'static str])| DataGroup {
        code,
        fields: names.iter().filter_map(field).collect(),
    };
    let groups = DataGroup::ALL.into_iter().map(group).filter(|group| !group.fields.is_empty()).collect();
    let chrome = signed_in.chrome_at(Some(Tab::Mine), signed_in.at("/data"))?;
    Ok(Html(DataPage { chrome, groups }.render()?))
}
