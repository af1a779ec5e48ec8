// What stands besides consents: what is never given, and what needs no consent.

export const pages = [
  { name: "never", at: "/me/never" },
  { name: "basis", at: "/me/bases/roster" },
];
