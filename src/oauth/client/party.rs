//! Who stands behind a client, and what residents call it.

use serde::Deserialize;

/// What body stands behind a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// 街道办.
    Street,
    /// 居委会.
    NeighbourhoodCommittee,
    /// 业委会.
    OwnersCommittee,
    /// 物业.
    Property,
    /// 企业.
    Company,
    /// 社会组织.
    SocialOrg,
    /// 医疗机构.
    Medical,
    /// 国家机关.
    StateOrgan,
}

impl Party {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Property,
        Self::Company,
        Self::Medical,
        Self::SocialOrg,
        Self::OwnersCommittee,
        Self::NeighbourhoodCommittee,
        Self::Street,
        Self::StateOrgan,
    ];

    /// The code, as manifests and locales have it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Street => "street",
            Self::NeighbourhoodCommittee => "neighbourhood_committee",
            Self::OwnersCommittee => "owners_committee",
            Self::Property => "property",
            Self::Company => "company",
            Self::SocialOrg => "social_org",
            Self::Medical => "medical",
            Self::StateOrgan => "state_organ",
        }
    }
}

/// What residents read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// In Chinese.
    #[serde(rename = "zh-Hans")]
    pub zh_hans: String,
    /// In English.
    pub en: String,
}
