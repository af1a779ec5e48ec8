### Every sentence residents read. A translation of the meaning of zh-Hans.ftl, not of its words.
### Plain words, one thing to a sentence; "app" for what the code calls a client.

## On every page

layout-product = Latchkey
layout-skip = Skip to the content
layout-tabs = Main pages
layout-mode-large = Large type
layout-mode-standard = Standard
# The button leads to the other language, so it is written in it.
layout-other-language = 中文
# Read aloud by a voice of the device
layout-hear = Listen
layout-hear-stop = Stop
layout-print = Print this page
tab-home = Home
tab-apps = Apps
tab-book = Visitors
tab-mine = Mine
help-question = We are happy to help.
# $phone is the number of the service centre, as printed.
help-call = Call { $phone }
# $desk is where the counter is, for example "ground floor".
help-desk = or come to the desk: { $desk }.
# Between the names of a list.
list-comma = {", "}

### The desk: pages of staff and auditors

desk-product = Latchkey · Desk
desk-places = Pages of the desk
desk-place-home = Desk
desk-role-staff = Staff
desk-role-auditor = Auditor
desk-sign-out = Leave
desk-sign-in-title = Sign in to the desk
desk-sign-in-how = This is the door for staff and auditors. Sign in with your passkey for work.
desk-sign-in-button = Sign in with a passkey
desk-sign-in-lost = Lost your passkey, or have a new computer? Ask the operator for a new link.
desk-sign-in-resident = I am a resident
desk-session-ended = You are signed out. After fifteen minutes without use you sign in again.
desk-invitation-title = Set up your desk
# $name the name of the member of staff
desk-invitation-heading = { $name }, set up your desk
desk-invitation-staff = You will help residents as a member of staff. Everything you do carries your name, and residents see it.
desk-invitation-auditor = You will check records as an auditor. What you look at is recorded, too.
desk-invitation-until = This link is good until { $date } and works once.
desk-home-heading = Hello, { $name }
desk-home-note = Everything you do here goes into the resident's visitors' book. Nothing is done without the resident's own confirmation.
error-console-invitation = This link cannot be used
error-console-invitation-say = It was used, has run out, or a newer one has replaced it.
error-console-invitation-do = Ask the operator for another link.
desk-place-recoveries = Recoveries
desk-found-nobody = Nobody was found
desk-found-nobody-note = Compare with the papers again: only an exact match is found.
desk-find-number = By document or phone number
desk-find-number-label = Document or phone number
desk-find = Find
desk-find-person = No document number: by name, birth date and flat
desk-name = Name
desk-born = Birth date
desk-building = Building
desk-unit = Unit
desk-room = Room
# $count how many
desk-waiting = Waiting for you as a witness: { $count }
desk-waiting-note = Bear witness only when you saw the person and the papers yourself.
desk-prepared-by = Prepared by { $name }
desk-witness-yes = I saw the person and the papers
desk-witness-no = I do not agree
desk-tally = What the staff did in the last seven days
desk-tally-looks = Searches
desk-tally-many = Too many
desk-tally-acts = Prepared
desk-tally-refused = Refused by residents
desk-tally-pressed = Under pressure
desk-tally-note = Under pressure: stopped and reported by staff, or “not my own will” said by a resident.
desk-found-title = Found
# $count how many
desk-found-heading = { $count } were found. Who is it?
desk-compare = Compare with the person and the papers. This search stands in the resident’s visitors’ book.
# $year year of birth; $flat the flat
desk-born-flat = born { $year } · { $flat }
# $name masked name
desk-who = { $name } · born { $year } · { $flat }
desk-sitting-title = At the counter
desk-has-passkey = Has a passkey
desk-no-passkey = No passkey
desk-has-card = Has a service card
desk-no-card = No service card
desk-recovering = A recovery is under way
desk-act-enrol = Set up the resident’s own phone
desk-act-card = Make a service card
# $client the app’s name
desk-act-consent = Agree that “{ $client }” uses information
desk-act-undo = Undo something that was done before
desk-enrol-note = A colleague sees the person and the papers; then the resident scans with her own phone.
desk-enrol = Ask a colleague to witness
desk-card-note = For residents without a smartphone: a card, and six digits that only they know.
desk-card-make = Make the card
desk-lost = Phone and recovery codes are lost
desk-lost-card = The card is lost or locked
desk-lost-note = Two colleagues sign, then there is a wait. The resident is told.
desk-recover = Begin to recover
desk-consents = Help her agree to an app
desk-no-apps = There is no app to choose now.
desk-undoable = What may be undone
desk-undo = Prepare to undo
desk-pressure = Stop and report
desk-pressure-note = When you or the resident are being pressed: all that is open ends, and only auditors see why.
desk-required = Needed
desk-optional = Only what the resident wants to add
desk-until = Until when
desk-sensitive-note = Sensitive information is not given at the desk: she decides on her own phone, one at a time.
desk-read-out = Next: read it to her
# read to the resident, at most 150 characters in Chinese
desk-notice = “{ $client }” ({ $controller }) wants to see, for “{ $purpose }”: { $claims }. Until { $date }; you can stop any time. If you say no, nothing else changes.
desk-read-aloud = Read this aloud
desk-waits-until = It waits for her until { $moment }.
desk-by-phone = With her own phone
desk-by-phone-note = She scans the code, reads on her own phone, and decides.
desk-qr = QR code
desk-reload = See whether she answered
desk-by-card = With the service card
desk-by-card-note = She scans the card and types the number; you turn away.
desk-card-code = Card number
desk-number = Six digits
desk-number-again = Once more
desk-confirm-card = The resident confirms
desk-by-witness = With a colleague as witness
desk-by-witness-note = The colleague signs in on another computer, sees the person and the papers, and agrees. You cannot be your own witness.
desk-reload-witness = See whether the colleague answered
desk-cancel = Do not do it
desk-done = Done
desk-way-phone = Confirmed by the resident on her phone
desk-way-card = Confirmed by the resident with her service card
desk-way-witness = Witnessed by a colleague who saw the person and the papers
# $date a date
desk-undo-until = May be undone before { $date }
desk-show-link = Show the code for her to scan
desk-choose-number = The resident chooses six digits
desk-choose-number-note = Not a birthday, not digits in a row. Turn away; do not look and do not ask.
desk-receipt-print = Print the receipt
desk-undone = It was undone.
desk-nothing = It came to nothing.
desk-card-unknown = The card number is wrong, or it is not her card.
# $count tries left
desk-card-wrong = The digits are wrong. Tries left: { $count }.
desk-card-locked = Wrong too often: this card is no good any more. With her phone a new one is made at once; otherwise two colleagues sign, and there is a wait.
desk-number-differs = The two are not the same. Type them again.
desk-number-weak = Such digits are too easy to guess. Choose six others.
desk-link-title = To be scanned
desk-link-heading = { $name } · { $flat }: scan with your own phone
# $moment until when
desk-link-note = It works once, until { $moment }. Watch her scan it.
desk-link-done = Scanned
desk-card-title = Service card
desk-card-heading = Service card of { $name }
desk-card-once = The number is shown this once. Print it now and hand it over.
desk-card-lost = If you lose it, come to the desk at once. Without your digits nobody can use it.
desk-card-given = Handed over
desk-print-note = Print with the browser, on A4.
desk-receipt-title = Receipt
desk-receipt-for = For
desk-receipt-at = When
desk-receipt-way = How it was confirmed
desk-receipt-staff = Staff
desk-receipt-undo = If you change your mind
desk-receipt-number = Number
# $count how many
desk-recoveries-heading = Recoveries under way: { $count }
desk-recoveries-note = One colleague begins, another one signs who saw the person and the papers, then { $hours } hours pass. The resident and any colleague can stop it.
desk-recovery-begun = Begun by { $name }, { $moment }
desk-recovery-seconded = Signed by { $name }
desk-recovery-waits = Waits until { $moment }
desk-recovery-ready = The new code may be shown
desk-recovery-second = I saw the person and the papers: sign
desk-recovery-other = Another colleague signs
desk-recovery-link = Show the code
desk-recovery-stop = Stop
at-desk-staff = Prepared by { $name } at the desk. Nothing is done unless you confirm it.
at-desk-no-value = Not on record
at-desk-yes = Yes, confirm with my passkey
at-desk-no = No
at-desk-pressed = This is not my own will
at-desk-note = If you press “not my own will”, the desk only reads that it came to nothing; auditors are told.
at-desk-done = Done
at-desk-done-note = For seven days you can undo it at home in one press.
at-desk-not-done = It came to nothing
at-desk-not-done-note = Nothing has changed.
my-desk-title = Done with me at the desk
my-desk-heading = What was done with you at the desk
my-desk-note = You confirmed each of them. For seven days you may undo it.
my-desk-none = Nothing yet.
my-desk-row = { $moment }, with { $name }
my-desk-settled = Settled, or undone
my-desk-undo = Undo
my-desk-recovery = Somebody says that you lost all your passkeys
my-desk-recovery-at = A recovery was begun at the desk, { $moment }.
my-desk-recovery-ready = From { $moment } on a new passkey can be made, and all old ones are void.
my-desk-recovery-stop = It is not me: stop
mine-desk-note = undo what is less than seven days old
regain-for = The new key is for
regain-title = Make a new passkey
regain-note = Afterwards all earlier passkeys, recovery codes and sign-ins are void.
error-desk-over = Done already, or too late
error-desk-over-say = This was settled, or waited too long. Nothing was changed.
error-desk-over-do = Find the resident again from the start.
error-desk-unfit = Not like this, not now
error-desk-unfit-say = It does not fit how this resident stands: enrolled already, nothing to confirm with, or a guardian decides. Nothing was changed.
error-desk-unfit-do = Go back and choose another way.
error-desk-same-hand = Another colleague is needed
error-desk-same-hand-say = Whoever prepared it cannot bear witness or sign a second time. Nothing was changed.
error-desk-same-hand-do = Ask another colleague to sign in.
error-desk-early = Not yet
error-desk-early-say = The wait is not over; the resident can still stop it.
error-desk-early-do = Come back when it is.

## Times

time-today = today
time-today-short = Today
time-yesterday = yesterday
# $day is "today" or "20 November"; $clock is "08:12".
time-moment = { $day } at { $clock }
time-date = { $day } { $month }
time-date-year = { $day } { $month } { $year }
time-day-weekday = { $weekday } { $day }
# $near is "today" or "yesterday"; $day is "Sunday 22 November".
time-near-day =
    { $near ->
        [today] Today
        [yesterday] Yesterday
       *[other] { $near }
    } · { $day }
time-until = Until { $date }
time-months =
    { $count ->
        [one] 1 month
       *[other] { $count } months
    }
time-month-1 = January
time-month-2 = February
time-month-3 = March
time-month-4 = April
time-month-5 = May
time-month-6 = June
time-month-7 = July
time-month-8 = August
time-month-9 = September
time-month-10 = October
time-month-11 = November
time-month-12 = December
time-weekday-1 = Monday
time-weekday-2 = Tuesday
time-weekday-3 = Wednesday
time-weekday-4 = Thursday
time-weekday-5 = Friday
time-weekday-6 = Saturday
time-weekday-7 = Sunday
time-weekday-short-1 = Mon
time-weekday-short-2 = Tue
time-weekday-short-3 = Wed
time-weekday-short-4 = Thu
time-weekday-short-5 = Fri
time-weekday-short-6 = Sat
time-weekday-short-7 = Sun

## The passkey ceremony, the one thing that needs script

ceremony-working = Follow your device: confirm with fingerprint, face or screen-lock code.
ceremony-cancelled = No harm done, nothing has changed. Press again when you are ready.
ceremony-failed = That did not work. Please press again; if it still fails, call the service centre.
ceremony-unsupported = This browser cannot use passkeys. Open the page in your phone's own browser, or come to the desk.
ceremony-known = This device already has a passkey of yours. Simply sign in.
ceremony-noscript = This step needs JavaScript. Please switch it on, or come to the desk.

## Signing in

sign-in-title = Sign in
# $community is the community's name.
sign-in-heading = Sign in to { $community }
sign-in-how = Open the door with your fingerprint, your face or your screen-lock code. No password to remember.
sign-in-button = Sign in with a passkey
sign-in-autofill = Or pick your passkey here:
sign-in-autofill-hint = Tap, no typing needed
sign-in-lost = Phone lost, or a new phone
sign-in-lost-note = Come in with a recovery code from your paper
sign-in-first = Here for the first time?
sign-in-first-note = Scan the QR code on your invitation; without one, ask at the desk
sign-in-session-ended = You were away for a while, so we signed you out to be safe. Please sign in again.
# $client is the app's name.
sign-in-for-app = Sign in first, then decide whether { $client } may see anything.
signed-out-title = You are signed out
signed-out-say = Nothing of yours is left on this device.
signed-out-again = Sign in again

## An app asks to sign out

end-session-title = Sign out
# $client: the name of the app
end-session-heading-app = { $client } asks you to sign out
end-session-heading = Sign out?
end-session-say = On this device you will have to sign in again to see what is yours. Apps that you signed in to from here are told as well.
end-session-button = Sign out
end-session-stay = Stay signed in
end-session-consents = What you agreed to stays in force. To stop an app, sign in and go to “Apps”.

## Invitation

invitation-title = Invitation
# $community is the community's name.
invitation-heading = { $community } invites you to pick up your own key
# Followed by a masked name, for example "张*".
invitation-for = This invitation is for
invitation-what = With it, apps of the community must knock before they see anything about you, and you can look up who saw what.
invitation-button = Make my passkey
invitation-passkey-heading = What is a passkey?
invitation-passkey = It opens the door with the way you unlock this phone (fingerprint, face or code), so there is no password to remember; fingerprint and face never leave the phone, and we never see them.
invitation-until = This invitation works once, until { $date }.
invitation-not-you = Not your name? Please stop here and hand the slip back at the desk.

## After the passkey is made

welcome-title = Done
welcome-heading = Your passkey is ready
welcome-say = From now on a touch or a glance signs you in.
welcome-codes-heading = One more thing: a paper for bad days
welcome-codes = If the phone is lost, a recovery code on paper lets you in. Print them or write them down, and keep them with your documents.
welcome-codes-button = Show my recovery codes
welcome-later = Later
welcome-later-note = Without codes, a lost phone means coming to the desk in person.

## Recovery codes

codes-title = Recovery codes
codes-heading = These are your recovery codes
codes-keep = For the day the phone is lost. Each code works once. Print them or write them down; take no photo, and give them to nobody.
codes-list = { $community } · { $count } recovery codes
# $url is a web address.
codes-use = To use one: open { $url }, enter it, and make a new passkey.
codes-made = Made on { $day }. Older codes no longer work.
codes-once = These codes are shown this once. When you leave this page they are gone.
codes-print = To print: choose Print in your browser's menu. It fits one A4 page.
codes-done = I have put them away, continue
# $count is a number; $day is a date.
codes-left =
    { $count ->
        [one] One of the codes you made on { $day } can still be used.
       *[other] { $count } of the codes you made on { $day } can still be used.
    }
codes-none = You have no recovery codes yet.
codes-what = If the phone is lost, a recovery code lets you in. New codes replace the old ones.
codes-new = Make new recovery codes

## The phone is lost

recover-title = Phone lost
recover-heading = Enter a recovery code
recover-what = It is on the paper you printed or wrote. Take any that you have not used.
recover-code = Recovery code
recover-hint = Capitals, hyphens and spaces do not matter.
recover-button = Next
recover-wrong = This code is wrong or was used before. Look again, or take another from the paper.
recover-none = The paper is gone too? Come to the desk with your identity card; it takes a few minutes.
recover-back = Back to sign-in
recover-key-heading = Make a new key on this device
recover-key-what = The code is right. Now make a new passkey for this device.
recover-key-button = Make a new passkey
recover-key-note = You will then be signed out everywhere else, and get new recovery codes.

## Home

home-answer =
    { $count ->
        [0] No app can see anything about you now.
        [one] One app can see some of your information.
       *[other] { $count } apps can see some of your information.
    }
# $moment is "today at 08:12"; $claims are names in a row.
home-last = Last time: { $client }, { $moment }. It saw: { $claims }.
home-last-none = No app has looked at your information yet.
home-who = Who can see what
home-week =
    { $count ->
        [0] Nobody looked in the last 7 days
        [one] Looked at once in the last 7 days
       *[other] Looked at { $count } times in the last 7 days
    }
home-week-none = As soon as anyone looks, there will be a chart here.
home-large-menu = What would you like to do
home-large-book = See who looked
home-large-apps = Stop an app
home-large-data = See my information
# $reads counts what was seen, $refused counts refusals.
week-says =
    In the last 7 days apps looked { $reads ->
        [one] once
       *[other] { $reads } times
    }; { $refused ->
        [0] nobody was turned away.
        [one] one attempt was turned away.
       *[other] { $refused } attempts were turned away.
    }
week-reads = Looked
week-refused = Turned away
week-day = Day
week-table = Show the numbers

## Apps

apps-note = You can stop any of them at any time, with one press.
apps-none = When an app wants to see something, it asks you first. Only those you agree to appear here.
apps-stop = Stop
apps-stop-name = Stop { $client }
apps-sees = It can see
apps-ended = Ended
# $moment is "yesterday at 18:22".
apps-withdrawn = You stopped it { $moment }
apps-expired = Ended by itself, { $day }
app-back = All apps
app-heading = { $client } can see some of your information
app-heading-ended = { $client } can no longer see anything
app-stop-note = It stops at once: its next read is refused.
app-agreed = What you agreed to
app-purpose = What for
app-refused = You did not give
app-given = You agreed
app-reads = It has looked
app-reads-count =
    { $count ->
        [0] not yet
        [one] once
       *[other] { $count } times
    }
app-reads-last = Last time { $moment }
app-controller = Who is responsible
app-receipt = Your receipt
app-receipt-what = Signed by the community, it proves what you agreed to and when. Keep it; nobody can alter it.
app-receipt-download = Save the receipt
app-receipt-show = Show it as it is
stopped-title = Stopped
stopped-heading = { $client } is stopped
stopped-say = Its next read will be refused.
stopped-entry = This is in the visitors' book, entry { $number }.
stopped-apps = See who is left
stopped-book = Open the visitors' book
stopped-past = What it saw before stays in the visitors' book. To use it again, agree again when it asks.
stopped-record = See what was agreed

## The visitors' book

book-heading = Who looked at my information
book-note = Each look is written down before anything is shown. Attempts that were turned away are here too. Times are the community’s local time.
book-empty = The book is still empty. As soon as anyone looks, it is here.
book-newer = Later pages
book-older = Earlier pages
# $number counts entries.
book-number = Entry { $number }
book-someone = An app
book-disclosure = { $client } saw
book-refusal = { $client } wanted to see, and was turned away
book-consent-given = You let { $client } see
book-consent-changed = You changed what { $client } may see
book-consent-withdrawn = You stopped { $client }
book-consent-expired = { $client } ended by itself
book-import = The community's roster brought your information
book-edit = You corrected your information
book-own-views =
    { $count ->
        [one] You looked at your own information
       *[other] You looked at your own information { $count } times
    }
book-passkey-added = You made a passkey
book-passkey-removed = You removed a passkey
book-recovery-used = A recovery code was used to make a new passkey
book-recovery-sheet = You made new recovery codes
book-token-replayed = A key of { $client } was used twice, so it was signed out everywhere
book-staff = The service centre did something for you
book-locked = The operator locked your account: nobody comes in, and nobody sees anything
book-unlocked = The operator unlocked your account; you can sign in again
book-operator = The operator maintained the system
book-other = Something else about you

## My information

data-title = My information
data-heading = What the community has on record about you
data-note = Masked until you press Show. Your own looks are in the visitors' book too.
data-none = Nothing about you is on record yet.
data-reveal = Show
data-reveal-name = Show { $field }
data-hide = Hide
data-hide-name = Hide { $field }
data-wrong = Something wrong? Call the service centre or come to the desk to correct it.
data-source-roster = From the property roster, { $day }
data-source-resident = From you, { $day }
data-source-desk = From the desk, { $day }
data-group-person = Who you are
data-group-contact = How to reach you
data-group-home = Where you live
data-group-car = Car
data-group-wishes = Care and wishes

## Mine

# $name is a masked name.
mine-heading = { $name }, resident of { $community }
mine-data-note = What is on record
mine-passkeys-note =
    { $count ->
        [one] One passkey
       *[other] { $count } passkeys
    }
mine-codes-note = For the day the phone is lost
mine-how = How pages look
mine-language = Language
mine-size = Type size
mine-sign-out = Sign out

## Passkeys

passkeys-title = Passkeys
passkeys-heading =
    { $count ->
        [one] You have one passkey
       *[other] You have { $count } passkeys
    }
passkeys-note = One for each device. With a second one on a tablet or computer at home, a lost phone is no drama.
passkeys-made = Made { $day }
passkeys-used = Last used { $moment }
passkeys-unused = Not used yet
passkeys-here = In use now
passkeys-synced = Copied to your other devices
passkeys-remove = Remove
passkeys-remove-name = Remove the passkey made { $day }
passkeys-add = Add a passkey on this device
# Shown in place of passkeys-add when the sign-in is more than five minutes ago.
passkeys-confirm = Show first that it is you
passkeys-confirm-note = Before you add a passkey, show the one you have. So nobody can add theirs on your unlocked phone.
sessions-title = Sign out everywhere
sessions-others =
    { $count ->
        [one] You are signed in in one other browser.
        [0] You are signed in in no other browser.
       *[other] You are signed in in { $count } other browsers.
    }
sessions-note = If anything looks wrong, sign out everywhere: other browsers and all apps must sign in again. This browser stays signed in, and what you agreed to stays as it is.
sessions-end = Sign out everywhere else

## An app asks

consent-title = { $client } would like to see something
consent-heading = { $client } would like to see some of your information
consent-contact = Contact: { $contact }
consent-why = What for
consent-required = If you agree, it sees
consent-optional = These are up to you
consent-optional-note = The service works without them.
consent-sensitive = One separate question
consent-sensitive-note = This is sensitive information about health, and the law asks us to ask separately. Without it the service above stays the same. You can stop it at any time.
consent-on = Give
consent-off = Don’t give
# $claim is what it asked for, for example "Building".
consent-coarser = It asked for: { $claim }. So few people live there that we only give this.
consent-no-value = Not on record, not given
consent-until = Until when
consent-until-note = Ends by itself on { $date }. You can stop it at any time before.
consent-offline = While you are away
consent-offline-say = It may stay signed in for up to 90 days, without asking you each time. When you stop it, that ends at once.
consent-no = If you say no
consent-no-say = Nothing else changes.
consent-instead = You can still come to the desk.
consent-also = { $client } also gets a number made for it alone, to know you again; no other app can recognise you by it.
consent-button-no = No
consent-button-yes = Yes
answered-title = You have answered
answered-yes = You said yes to { $client }
answered-yes-say = Each time it looks, you will see it in the visitors' book.
answered-no = You said no to { $client }
answered-no-say = It sees nothing, and nothing else changes.
answered-back = Back to { $client }

## A screen asks: a television, a panel in the lobby, a kiosk

device-title = Connect a screen
device-heading = Enter the code on the screen
device-what = The television, lobby screen or kiosk in front of you shows eight letters. Type them here.
device-code = Code on the screen
device-hint = Eight letters, no digits. Capital or small, with or without the dash.
device-button = Next
device-not-a-code = A code is eight letters, and this is not. Please look at the screen and type it again.
device-wrong = No screen is showing this code. Please look again and retype it.
device-expired = This code has run out. Start again on the screen: it will show a new one.
device-used = This code has been used. Start again on the screen: it will show a new one.
device-warning-heading = Only the screen in front of you
device-warning = Never use a code that somebody told you on the phone or sent you in a message: it belongs to their device, and once you agree it is they who see your information.
device-compare = Is this the code on the screen in front of you?
device-link = Compare it with the screen in front of you. Press “Next” only if it is exactly the same.
device-compare-say = If it differs, or there is no such screen in front of you, choose “No”.
device-calls-itself = The screen calls itself
device-calls-itself-note = It chose this name itself; nobody has checked it.
device-asked-at = When it asked
device-from = Where it asked from
device-from-here = The same network that you are using now
device-from-elsewhere = Another network ({ $network })
device-from-note = That is so when you use mobile data, or when the screen is not in your home.
device-notice = For use on a screen that shows the code { $code }
device-yes-say = Look at the screen: it will go on in a few seconds. You may close this page.
device-no-say = The screen gets nothing, and nothing else changes.
device-no-report = Did somebody send you the code? Please call the service centre and tell us.
device-late = It took too long
device-late-say = The code has run out, and nothing was given. Start again on the screen: it will show a new one.
device-again = Enter another code
mine-device-note = Enter the code that a television or lobby screen shows
sign-in-for-device = First confirm that it is you; then decide whether that screen may use your information.

## When something goes wrong

error-do = What you can do
error-home = Home
error-sign-in = Sign in
# $id is the number of the request; the desk can look it up.
error-number = Number { $id }. Name it when you call, and we can look it up.
error-fault = This is our fault
error-fault-say = Something broke here. Nobody has seen your information.
error-fault-do = Try again in a few minutes.
error-not-found = There is no such page
error-not-found-say = The address does not exist, or it is not for you.
error-not-found-do = Check the address, or start again from home.
error-bad-request = We could not read this request
error-bad-request-say = Something was missing. Nothing has changed.
error-bad-request-do = Go back one page and try again.
error-too-large = That was too much
error-too-large-say = It was larger than allowed. Nothing has changed.
error-too-large-do = Go back one page and send less.
error-too-many = Too fast
error-too-many-say = There were too many attempts in a short time. Nothing has changed.
error-too-many-do = Wait a minute, then try again.
error-wait = { $seconds ->
    [one] Wait one second, then try again.
   *[other] Wait { $seconds } seconds, then try again.
}
error-method = It cannot be opened like this
error-method-say = This address is reached with a button on a page.
error-method-do = Start again from home.
error-csrf = The page was open too long
error-csrf-say = To be sure that it was you who pressed, the page must be fresh. Nothing has changed.
error-csrf-do = Go back one page, reload it, and press again.
error-session-ended = You are signed out
error-session-ended-say = After a while without use we sign you out to be safe. Nothing has changed.
error-session-ended-do = Sign in again and repeat the last step.
error-not-fresh = Show first that it is you
error-not-fresh-say = You showed your passkey more than five minutes ago. Nothing has changed.
error-not-fresh-do = Sign in again and repeat the last step.
error-invitation-used = This invitation was used
error-invitation-used-say = An invitation works once, and a passkey has been made with this one.
error-invitation-used-do = If that was you, simply sign in. If not, call the service centre at once.
error-invitation-ended = This invitation has run out
error-invitation-ended-say = Invitations are good for 30 days.
error-invitation-ended-do = Ask the desk to print a new one.
error-invitation-unknown = There is no such invitation
error-invitation-unknown-say = The address may be incomplete, or a newer invitation has replaced it.
error-invitation-unknown-do = Scan the QR code with your phone; if that fails, ask the desk for a new one.
error-passkey-unknown = We do not know this key
error-passkey-unknown-say = The passkey does not belong to this community, or it was removed.
error-passkey-unknown-do = Try another passkey, or come in with a recovery code.
error-passkey-refused = That was not accepted
error-passkey-refused-say = The proof from your device did not pass. Nothing has changed.
error-passkey-refused-do = Try again; if it still fails, come to the desk.
error-passkey-last = This is the last one
error-passkey-last-say = The last passkey cannot be removed, or you could not come in any more.
error-passkey-last-do = Make another one first, then remove the old one.
error-ceremony-ended = It took too long
error-ceremony-ended-say = This step must be finished within a few minutes. Nothing has changed.
error-ceremony-ended-do = Go back one page and press the button again.
error-recovery-wrong = The recovery code is wrong
error-recovery-wrong-say = This code is wrong or was used before.
error-recovery-wrong-do = Try another from the paper.
error-mail-letter = This letter cannot be used any more
error-mail-letter-say = It was used before, is older than 24 hours, or was not sent to you.
error-mail-letter-do = Have another one sent under “Where reminders go”.
error-question-gone = This question is no longer there
error-question-gone-say = It has been answered, or the app took it back.
error-question-gone-do = Go back to the app and start there again.
error-question-ended = It took too long
error-question-ended-say = The app's question has run out. Nothing was given.
error-question-ended-do = Go back to the app and start there again.
error-client-unknown = We do not know this app
error-client-unknown-say = It is not registered with this community, so it sees nothing.
error-client-unknown-do = Do not type personal information there. You may tell the desk its name.
error-client-disabled = This app has been switched off
error-client-disabled-say = The community switched it off, so it sees nothing.
error-client-disabled-do = Call the service centre or come to the desk instead.
error-redirect-unknown = The way back is wrong
error-redirect-unknown-say = The app gave an address that is not registered, so we did not send you there.
error-redirect-unknown-do = Please tell the app's owner or the desk.
error-device-guesses = Too many wrong codes
error-device-guesses-say = So that nobody can guess somebody else's code, you can try again in an hour. Nothing has changed.
error-device-guesses-do = Try again in an hour; if it is urgent, call the service centre.
error-not-yet = Not possible yet
error-not-yet-say = Residents under 14 need a guardian for this.
error-not-yet-do = Please come to the desk with a guardian.

## Why a read was refused, to the person it was about

reason-other = It was against the rules
reason-consent_required = You never agreed
reason-consent_refused = You said no
reason-consent_withdrawn = You had stopped it
reason-consent_superseded = You gave it a newer consent
reason-purpose_unknown = This purpose no longer exists
reason-consent_expired = Your consent had run out
reason-consent_paused = Your consent was paused
reason-consent_invalid = The consent was not valid
reason-sign_in_too_old = You signed in too long ago: it must ask you to sign in again first
reason-scope_too_narrow = More than you agreed to
reason-claim_not_agreed = You did not agree to this item
reason-claim_unknown = There is no such item
reason-purpose_mismatch = For another purpose than you agreed to
reason-client_unknown = It is not registered
reason-access_suspended = Your account was locked
reason-client_disabled = The community switched it off
reason-purpose_withdrawn = The community no longer lets it ask for this purpose
reason-token_revoked = Its token was revoked
reason-token_expired = Its token had run out
reason-token_unknown = Its token was not real
reason-proof_invalid = It could not prove who it was
reason-proof_replayed = It used the same proof twice
reason-too_often = It asked too often
reason-resident_erased = Your information was erased
reason-under_age = Under 14, a guardian must agree
reason-fault = A failure of ours, nothing was given

## Who stands behind an app

party-street = street office
party-neighbourhood_committee = residents' committee
party-owners_committee = owners' committee
party-property = property management
party-company = company
party-social_org = non-profit organisation
party-medical = medical institution
party-state_organ = public authority

## Purposes

purpose-parking-book = Booking a parking space
purpose-why-parking-book = To book you a parking space and recognise your car.
purpose-instead-parking-book = You can still register at the gatehouse.
purpose-elder-care = Care for the elderly
purpose-why-elder-care = To arrange meals, home care and other help.
purpose-instead-elder-care = You can still arrange it by telephone or at the desk.
purpose-feedback-submit = Feedback
purpose-why-feedback-submit = To take your feedback and tell you what came of it.
purpose-instead-feedback-submit = You can still say it at the desk or by letter.
purpose-notice-deliver = Notices
purpose-why-notice-deliver = To send you community notices you can read.
purpose-instead-notice-deliver = You can still read every notice on the board.
purpose-signin-basic = Signing in
purpose-why-signin-basic = To sign you in with your passkey.
purpose-instead-signin-basic = You can still sign in there its own way.

## What is given out: names, notes, values

claim-is_resident = Resident here or not
claim-note-is_resident = Only yes or no, no address.
claim-over_18 = 18 or older
claim-note-over_18 = Only yes or no, no birthday.
claim-over_60 = 60 or older
claim-note-over_60 = Only yes or no, no birthday.
claim-plate_masked = Number plate (masked)
claim-note-plate_masked = Only the masked number.
claim-phone_masked = Phone number (masked)
claim-note-phone_masked = Only the masked number; it cannot be dialled.
claim-name_masked = Name (masked)
claim-note-name_masked = Only the family name.
claim-building_no = Building
claim-note-building_no = No entrance, no flat.
claim-community_id = Community number
claim-note-community_id = Only which community you live in.
claim-care_level_band = How much care is needed
claim-note-care_level_band = Only a rough level, nothing about illness.
claim-language = Your language
claim-note-language = So that it can write in a language you read.
claim-ui_profile = Your type size
claim-note-ui_profile = So that it can write large enough, without saying why.

fact-community_id = Community number { $value }
fact-is_resident-true = Resident here
fact-is_resident-false = Not resident here
fact-over_18-true = 18 or older
fact-over_18-false = Under 18
fact-over_60-true = 60 or older
fact-over_60-false = Under 60

value-true = Yes
value-false = No
value-building_no = Building { $value }
value-language-zh-Hans = 中文
value-language-en = English
value-ui_profile-standard = Standard type
value-ui_profile-large = Large type
value-ui_profile-large_text = Large type
value-care_level_band-none = No help needed
value-care_level_band-some = Some help needed
value-care_level_band-much = Much help needed
value-care_level_band-full = Round-the-clock help needed

## What is on record: names, values

field-name = Name
field-document_type = Kind of document
field-document_number = Document number
field-sex = Sex
field-birth_date = Date of birth
field-phone = Mobile phone
field-building = Building
field-unit = Entrance
field-room = Flat
field-relation = Relation to the head of household
field-tenure = Owner or tenant
field-plate = Number plate
field-emergency_contact = Emergency contact
field-emergency_phone = Emergency contact's phone
field-email = E-mail
field-note = Note
field-language = Language
field-ui_profile = Type size
field-care_level = Care level
value-sex-0 = Unknown
value-sex-1 = Male
value-sex-2 = Female
value-sex-9 = Not stated

## Invitation slips (printed, one each)

slip-title = Invitation
slip-private = To be opened by this person only
slip-fold = To fold: bring the lowest part up along the lower dashed line, over the QR code; then fold this part back along the upper line, and seal it.
# $community is the community's name.
slip-heading = { $community } invites you to pick up a key of your own
slip-what = Sign in to the services of the community with it. Apps must knock before they see anything about you, and you can look up who saw what.
# $date is a day with its year.
slip-once = Works once, before { $date }
slip-scan = Scan the QR code with your phone's camera or browser (not inside WeChat, which cannot make keys); if that fails, type the address into a browser.
slip-check = Look first whether the community and the masked name on the page are yours; if not, stop and hand the slip back at the desk.
slip-make = Press “Make my passkey” and confirm with the way you unlock your phone (fingerprint, face or code). That is all.
slip-help = Nobody should ask you for this slip, staff neither. For help
slip-index = Invitation slips
slip-index-keep = Names and addresses inside: once the slips are handed out, destroy this list and its folder.
slip-index-all = All slips, for one print run
slip-index-number = No.
slip-index-name = Name
slip-index-place = Address

# For whoever writes an app; the document itself is English.
api-heading = The API
api-note = What apps may ask of this service. This page and the document are made of the code that answers.
api-download = openapi.json
api-contents = Contents
api-required = must be there
# $count how many
api-fields = { $count ->
    [one] It takes one value
   *[other] It takes { $count } values
}
# $count how many
api-answers = { $count ->
    [one] It gives one answer
   *[other] It gives { $count } answers
}
api-who-anybody = For anybody.
api-who-client = For registered clients.
api-who-proven = For registered clients that prove who they are.
api-who-operator = For whoever has a token of the operator's.
api-who-token = For whoever holds an access token and its key.

## Messages

inbox-title = Messages
# $count number of messages
inbox-answer = { $count ->
    [one] You have one new message
   *[other] You have { $count } new messages
  }
inbox-none-new = No new messages
inbox-note = Whatever concerns you stands here as soon as it happens.
inbox-empty = There are no messages yet.
inbox-seen = I have seen them all
inbox-new = New
# $count number of messages
mine-inbox-note = { $count ->
    [0] nothing new
    [one] one new message
   *[other] { $count } new messages
  }
# $client the app's name (every sentence gets it, not every one uses it)
tell-new-passkey = You have one more passkey. If you did not make it, call the service desk at once.
tell-recovery-begun = Somebody began to recover your sign-in. If it was not you, call the service desk at once.
tell-recovered = Your sign-in was recovered; the old passkeys are void.
tell-first-access = { $client } read your information for the first time.
tell-break-of-pattern = { $client } reads your information more often, or at other hours, than it used to. You may pause it.
tell-mandate-begun = A mandate is in force from now on. See Family for who may act for whom.
tell-mandate-ended = A mandate has ended.
tell-came-of-age = You have come of age: what a guardian agreed to for you is now yours to decide.
tell-acted-for = Somebody you trust did something for you. It is all in your visitors’ book.
tell-erasure-begun = All your information will be erased in 7 days. You may undo this at any time before.
tell-erasure-undone = The erasure was undone. All your information is still there.
tell-case-answered = There is an answer to what you raised.
tell-case-overdue = What you raised has no answer by its due date; auditors can see that.
tell-deletion-confirmed = { $client } says that your information is deleted.
tell-deletion-silent = { $client } did not say in time whether your information is deleted. That stands on its record.
tell-terms-changed = What { $client } wants to see has changed. It will ask you again.
tell-corrected = Your information was corrected.
tell-desk-act = Something was done with you at the service desk. You may undo it for 7 days.
### Pause and resume

apps-paused = Paused
apps-paused-since = Paused { $moment }
apps-revoked = Ended { $day }, not by you
apps-resume = Resume
app-heading-paused = { $client } can see nothing for now
app-pause-name = Pause { $client }
app-pause-note = It sees nothing for a while, and what you agreed to is kept. One press resumes it.
app-paused-say = It is paused and can read nothing. You decide when it goes on.
app-resume-name = Resume { $client }
app-resume-note = It will see what it saw before; the end date stays the same.
app-stop-for-good-note = Once stopped, it has to ask you again.
book-consent-paused = You paused { $client }
book-consent-resumed = You resumed { $client }
reason-consent_revoked = That consent has ended
error-paused-by-herself = Paused by the person herself
error-paused-by-herself-say = What she paused with her own hand, only she can resume. Nothing was changed.
error-paused-by-herself-do = Ask her to resume it on her phone, or come to the desk together.

### Acting for somebody, and guardians

acting-for = You are acting for { $name }. Everything you do is written in the records of { $name }.
acting-back = Back to my own
error-mandate-over = This mandate has ended
error-mandate-over-say = You can no longer act for this resident.
error-mandate-over-do = If help is still needed, ask for a new mandate, or come to the desk together.
error-mandate-scope = This was not given to you
error-mandate-scope-say = The mandate does not cover this, so it was not opened.
error-mandate-scope-do = The resident can do it, or give you a new mandate.
### Stopped means deleted

deletion-heading = Has it deleted what it had
# $date a date
deletion-ordered = { $client } was ordered to delete what it saw, and has to answer by { $date }.
deletion-ordered-note = The order is signed by the community and was sent to it. You see here whether it answers.
deletion-deleted = { $client } answered on { $date }: it is deleted.
deletion-deleted-note = That is its own word, and is on record. If you think that something is left, object.
deletion-kept = { $client } answered: a law makes it keep { $claims }; the rest is deleted. Rule: { $law }.
deletion-kept-until = Kept until { $date }. Until then it may only store it, not use it.
deletion-kept-note = It may only store it, not use it.
deletion-silent = { $client } had not said by { $date } whether it deleted anything.
deletion-silent-note = That stands on its record, where auditors see it. You may object.
deletion-lifted = You agreed to the same again later, so it need not delete it.
tell-deletion-kept = { $client } says that a law makes it keep some of your information for a while.
law-pipl_contract = Personal Information Protection Law, art. 13(1)(2): property service contract
law-pipl_proof = Personal Information Protection Law, art. 69: your consent must be provable
law-network_log = Cybersecurity Law, art. 21(3): logs are kept for six months at least
law-accounting = Rules on keeping accounting records
law-medical_records = Rules on keeping medical records
law-courier = Interim Regulations on Express Delivery, art. 34

### Sheets of paper

apps-paper = Print this list
app-receipt-paper = Print the receipt
paper-receipt = Receipt of a consent
paper-receipt-heading = Receipt: { $client } may see some of my information
paper-apps = List of apps
# $count how many apps
paper-apps-heading =
    { $count ->
        [0] No app can see my information now
        [one] One app can see some of my information
       *[other] { $count } apps can see some of my information
    }
paper-no-values = No name stands on this sheet and none of your information itself: whoever finds it does not learn whose it is.
paper-agreed = What it may see
paper-state = On the day of printing
paper-stop = To stop it
paper-stop-say = Sign in and press “Stop” under “Apps”; or call the service centre, or come to the desk.
paper-check = Scan to check this sheet
paper-check-say = The page will say whether we printed this sheet and whether it still holds today. It will not say whose it is.
paper-printed = Printed { $moment }
verify-title = Check a sheet
verify-ours = Genuine: a sheet printed by { $community }
verify-not-ours = Not genuine: { $community } never printed this sheet
verify-not-ours-say = Please do not trust this paper. If somebody came to you with it, call the service centre. Perhaps the code was not scanned whole: please scan it once more.
verify-receipt-holds = The consent on it holds today.
verify-receipt-paused = The consent on it is paused: nothing can be seen now.
verify-receipt-over = The consent on it has ended and no longer counts.
verify-apps-holds = Today it is still these apps; nothing has changed.
verify-apps-over = Something has changed since it was printed. Go by the phone, or print another.
verify-codes-holds = The recovery codes on it still work. Keep them safe and show them to nobody.
verify-codes-over = The recovery codes on it are void. Use the newer sheet.
verify-what = What this is
verify-printed = When it was printed
verify-app = Who may see
verify-claims = What it may see
verify-claims-count = { $count ->
    [one] One piece of information
   *[other] { $count } pieces of information
  }
verify-compare = Compare this with the paper. If they differ, somebody has altered the paper.
verify-nobody = This page does not say whose sheet it is.
# $count how many people
family-answer = { $count ->
    [0] Nobody can act for you now
    [one] One person can act for you now
   *[other] { $count } people can act for you now
  }
family-title = Help from family
mine-family-note = Who may act for me, and for whom I may act
family-note = You decide what they may do and until when. You see every step, and can stop it at any time.
family-helpers = Who may act for me
family-helped = For whom I may act
family-ended = What has ended
family-ask = Ask somebody to help me
family-act = Act for them
family-which = What kind of help?
mandate-kind-family = Help from family
mandate-kind-temporary = Help for a few days
mandate-kind-appointed = Appointed guardian
mandate-kind-guardian = Guardian of a minor
mandate-for-family = A daughter, a son, a spouse, for months
mandate-for-temporary = A neighbour or a friend, for some days
mandate-for-appointed = Whom I chose to decide for me one day
mandate-for-guardian = Parents or guardians act for a child
mandate-relation-daughter = daughter
mandate-relation-son = son
mandate-relation-spouse = spouse
mandate-relation-grandchild = grandchild
mandate-relation-sibling = brother or sister
mandate-relation-relative = relative
mandate-relation-neighbour = neighbour
mandate-relation-friend = friend
mandate-relation-carer = carer
mandate-relation-parent = parent
mandate-relation-guardian = guardian
# $name the masked name, $relation what she is to the resident
mandate-who = { $name } ({ $relation })
mandate-right-see = See which apps see what, and who looked
mandate-right-data = See my information
mandate-right-stop = Pause and stop apps
mandate-right-decide = Agree to apps for me
mandate-right-note-data = But not what is ticked below
mandate-right-note-stop = When something is wrong, they can stop it at once
mandate-right-note-decide = Sensitive information an ordinary helper cannot agree to
mandate-standing-waiting = waiting to be accepted
mandate-standing-in-force = until { $day }
mandate-standing-over = ended by itself on { $day }
mandate-standing-principal = ended by the resident on { $day }
mandate-standing-delegate = given back on { $day }
mandate-standing-declined = not accepted on { $day }
mandate-standing-age = ended by age on { $day }
mandate-standing-desk = ended at the desk on { $day }
mandate-standing-void = void since { $day }; it never counted
mandate-kind = What kind
mandate-may = May do
mandate-hidden = Cannot see
mandate-conflicts = Works for these, so cannot agree to their apps
mandate-until = Until
mandate-until-note = It ends by itself and cannot be made longer
mandate-helps-you = { $who } acts for you
mandate-you-help = You act for { $name }
# $count how many acts
mandate-acts = { $count ->
    [0] Nothing was done for you yet
   *[other] Done for you ({ $count })
  }
mandate-end-title = No longer
mandate-end-note = It takes effect at once. What was done stays in the records.
mandate-end = End it
mandate-end-quietly = End it without telling them
mandate-end-quietly-note = They get no message, and only find out when they try again.
mandate-offer-title = Somebody asks you for help
mandate-offer-heading = { $name } asks you to act for them
# $relation what the reader is to whoever asks
mandate-offer-say = You are their { $relation }.
mandate-offer-note = Both of you see every step. You will see what they are called here, and they what you are called.
mandate-works-for = Do you work for any of these?
mandate-works-for-note = You cannot agree to the apps of those you tick. If none, tick nothing.
mandate-decline = Decline
mandate-accept = Accept with my passkey
family-offer-note = You can end it at any time; it cannot be made longer. To change it, ask again.
family-relation = They are my
family-rights = They may
family-always = Always part of it
family-hidden = What they cannot see
family-hidden-note = They do not see what is ticked
family-length = For how long
# $days a number of days
family-days = { $days ->
    [one] One day
   *[other] { $days } days
  }
family-never = Passkeys, recovery codes, correcting and erasing, and asking others for help: only you can ever do that.
family-offer = Ask them, with my passkey
family-offered = Let them scan this code
family-offered-say = Your { $relation } scans it with their own phone, signs in and accepts.
family-qr = QR code of the invitation to act for you
# $day a moment
family-offered-until = Good until { $day }, once.
family-link = Not here? Send them this address
family-see = See this mandate
family-show-again = Show the QR code again
book-others-views = The other of a mandate looked { $count ->
    [one] once
   *[other] { $count } times
  }
book-mandate-offered = You asked somebody to act for you
book-mandate-begun = A mandate began
book-mandate-declined = Your offer was declined
book-mandate-ended = A mandate ended
book-mandate-ended-quietly = You ended a mandate; the other was not told
error-mandate-gone = This invitation does not work
error-mandate-gone-say = It was used, taken back, or has run out. Nothing has changed.
error-mandate-gone-do = Ask them to show the QR code again.
error-mandate-own = This is your own invitation
error-mandate-own-say = Give it to whom you want to ask; they open it on their own phone.
error-mandate-own-do = If you changed your mind, end it under Help from family.
error-mandate-unfit = There can be no such mandate
error-mandate-unfit-say = Both must be of age, and what it says must be chosen on the page. Nothing has changed.
error-mandate-unfit-do = If you need help, come to the desk.
error-mandate-many = Too many mandates
error-mandate-many-say = Ten at a time are the most. Nothing has changed.
error-mandate-many-do = End one that is not used, then ask somebody new.
book-guardian-asked = Somebody asked to be guardian of a minor
book-shielded = You chose “only I, from now on”
book-unshielded = You took back “only I, from now on”

### Cases: objections, complaints, and who answers by when

cases-title = My objections and complaints
# $count how many wait for an answer
cases-heading = { $count ->
    [0] All of them are answered: please have a look
    [one] One waits for an answer
   *[other] { $count } wait for an answer
  }
cases-none = Nothing that you raised waits for an answer
cases-note = Each has somebody who looks after it and a last day for the answer. If that passes, the auditors see it.
cases-new = Complain, or make a suggestion
cases-over = Over
mine-cases-note = what you raised, who answers and by when
book-object = I object
# $number the entry's number, for those who hear the link without the line around it
book-object-name = I object to no. { $number }
case-kind-objection = Objection
case-kind-correction = Correction
case-kind-explanation = Asked for an explanation
case-kind-complaint = Complaint or suggestion
case-kind-relative = Request of a near relative
# $client the app's name (every sentence of this family gets it)
case-about-objection = Objection to “{ $client }”
case-about-correction = Correction for “{ $client }”
case-about-explanation = Explanation asked of “{ $client }”
case-about-complaint = Complaint about “{ $client }”
case-about-relative = Request of a near relative about “{ $client }”
case-overdue = Overdue
# $day the last day for an answer
case-waits-client = “{ $client }” has until { $day } to answer.
case-late-client = “{ $client }” did not answer by { $day }.
case-waits-staff = The service desk has until { $day } to answer.
case-late-staff = The service desk did not answer by { $day }.
case-answered = “{ $client }” has answered: please have a look.
case-closed = It is over.
case-taken-back = You took it back.
case-late-note = This stands on record and the auditors see it; the service desk takes over as well.
case-content = Is this answer all right?
case-settle = Yes, that settles it
case-dispute = No, let the service desk decide
case-dispute-words = What is wrong with it? You need not say.
case-steps = What happened
# $client the app's name (every step gets it)
case-step-opened = You raised it
case-step-client_answered = The answer of “{ $client }”
case-step-staff_answered = The answer of the service desk
case-step-disputed = You were not content: the service desk decides
case-step-settled = You said that it is settled
case-step-taken_back = You took it back
case-step-overdue = There was no answer by the day; that was noted
case-step-assigned = Somebody at the service desk took it over
case-step-read = The service desk read what you wrote
case-outcome-agreed = You are right
case-outcome-declined = It stays as it is, for this reason
case-shared = The app can read these words of yours, too.
case-not-shared = Only the service desk can read these words of yours.
case-what = What it is about
case-when = When
case-claims = Information
case-further = If you are still not content, you may call 12345 or complain to the cyberspace administration.
case-take-back = I take it back
case-new-title = Object
case-new-heading = What do you have to say about this?
case-new-complaint = What do you want to complain of, or suggest?
case-new-note = The app must answer you by { $day }. It goes on serving you and may not hold this against you.
case-new-staff = The service desk must answer you by { $day }.
case-words = Please write it down
case-words-optional = What you want to say; you may leave this empty.
# $client the app's name
case-share = Let “{ $client }” read my words, too
case-share-note = If you do not tick this, only the service desk reads them.
case-do-object = I object
case-do-explain = Please explain
case-do-complain = Hand it to the service desk
book-none-such = There are no such entries
book-by-relation = done by your { $who }
book-by-delegate = done by somebody with your mandate
book-by-guardian = done by the guardian
book-by-staff = done with you at the service desk
# $name the colleague's name
book-by-staff-name = { $name } of the service desk
filter-title = Show only some
filter-app = App
filter-all-apps = All apps
filter-claim = Information
filter-all-claims = All information
filter-days = Time
filter-all-days = All the time
# $count number of days
filter-last-days = The last { $count } days
filter-what = Sort
filter-all-sorts = All
filter-sort-reads = My information was read
filter-sort-refused = Refused
filter-sort-behalf = Done for me by others
filter-go = Show these
filter-clear = Show all
# $count number of days
plot-title = How often which app read something on each of the last { $count } days
plot-others = Other apps
desk-place-cases = Cases
# $open not over, $overdue of them overdue
console-cases-heading = { $open } not over, { $overdue } overdue
console-cases-note = What a resident wrote is shown at a press, and that press stands in her book.
console-cases-auditor = No names of residents are here, and nobody’s words.
console-cases-lists = Which ones
console-cases-none = There are none.
console-case-list-staff = For the service desk
console-case-list-mine = Mine
console-case-list-overdue = Overdue
console-case-list-open = Not over
console-case-list-over = Over
console-case-due = Answer by
console-case-what = What
console-case-app = App
console-case-state = Now
console-case-owner = Looked after by
console-case-nobody = nobody yet
console-case-was-late = was overdue
console-case-state-with_client = The app has to answer
console-case-state-with_staff = The service desk has to answer
console-case-state-answered = The app answered; the resident has the word
console-case-state-closed = Over
console-case-state-taken_back = Taken back by the resident
console-case-step-opened = Raised by the resident
console-case-step-client_answered = Answered by the app
console-case-step-staff_answered = Answered by the service desk
console-case-step-disputed = The resident was not content
console-case-step-settled = The resident accepted it
console-case-step-taken_back = The resident took it back
console-case-step-overdue = No answer by the day
console-case-step-assigned = Taken over
console-case-step-read = The words were read
console-case-read = Read what was written
console-case-read-note = That you read it stands in the resident’s book, with your name.
console-case-take = I look after it
console-case-answer = The answer to the resident
console-case-grant = Grant it
console-case-refuse = Do not grant it
console-case-agree = The resident is right
console-case-decline = It stays as it is
console-case-correction = Read what was written and check the evidence first; then you may agree to the correction.
console-case-write = Checked: correct it so
# $field which field
console-case-proposed = { $field } is to become
console-case-taken-away = it is to be taken away
# What a line of the book says of a case; $client is the app's name
book-case_objection = You objected to { $client }
book-case_explanation = You asked { $client } to explain
book-case_correction = You asked for a correction
book-case_complaint = You complained or made a suggestion
book-case_relative = A near relative made a request
book-case_client_answered = { $client } answered you
book-case_staff_answered = The service desk answered you
book-case_disputed = You were not content with an answer: the service desk decides
book-case_settled = You accepted an answer
book-case_taken_back = You took back what you raised
book-case_overdue = What you raised had no answer by its day
book-case_assigned = Somebody at the service desk took over what you raised
book-case_read = The service desk read what you wrote
error-case-over = This has moved on
error-case-over-say = It is over, or it does not wait for you now. Nothing was changed.
error-case-over-do = Open it and see how it stands.
error-cases-many = You have raised too many things
error-cases-many-say = At most 40 can wait for an answer at once. Nothing was changed.
error-cases-many-do = Wait until some are answered, or take some back, before you raise another.
error-case-nothing = Nothing was written
error-case-nothing-say = A few words are needed, so that somebody knows what to do.
error-case-nothing-do = Go back, write a few words and send it again.
error-case-long = That is too long
error-case-long-say = At most 1,000 characters are read. Nothing was changed.
error-case-long-do = Go back and write less; the rest you can say at the service desk.
# $client the app's name
inbox-app = “{ $client }”

## Letters (mail, short messages; no name, no app, no information)

letter-an-app = An app
# $community the community
letter-subject = { $community } Latchkey: you have a new message
letter-read-more = Sign in to read more:
# $phone telephone number
letter-help = Questions? Call { $phone }. We never ask you for a password, a code or your recovery codes.
letter-confirm = Somebody asked Latchkey to send reminders to this address. If it was you, sign in and open this address to confirm; if not, do nothing.
ways-title = Where reminders go
ways-answer = All messages are here. If you like, they are sent to you besides.
ways-content = What is sent is one sentence: no name, no app, none of your information.
ways-mail = By mail
ways-phone = To your phone
ways-state-not-here = This community does not offer it.
ways-state-no-address = Your information does not hold one yet.
ways-state-unconfirmed = It is not confirmed yet that this mailbox is yours.
ways-state-off = Nothing is sent at present.
ways-state-on = Reminders are sent at present.
ways-turn-on = Send them
ways-turn-off = Do not send
ways-confirm-send = Send a letter to confirm
ways-confirm-sent = The letter is on its way. It is good for 24 hours.
ways-confirm-failed = The letter could not be sent. Please try again in a while.
ways-confirm-many = Three letters went out in this hour. Please look in the mailbox, also among junk; after an hour another one can be sent.
ways-confirm-title = Confirm your mailbox
ways-confirm-say = Press once, and reminders will go to this mailbox.
ways-confirm-button = This is my mailbox
ways-fill = Fill it in



### Erasing everything about me

mine-leave = Leaving
mine-erase-note = You may change your mind for 7 days
erase-title = Erase all my information
erase-heading = Erase all your information?
erase-answer = Once you confirm, nobody sees your information from that moment. After 7 days it is gone for good. Until then you may undo it at any time.
erase-goes = What goes
# $count how many
erase-goes-fields = { $count ->
    [one] One piece of personal information
   *[other] { $count } pieces of personal information
  }
erase-goes-access = How you sign in
erase-goes-passkeys = { $count ->
    [one] One passkey, and the recovery codes
   *[other] { $count } passkeys, and the recovery codes
  }
erase-goes-apps = { $count ->
    [one] What one app may see
   *[other] What { $count } apps may see
  }
erase-goes-no-apps = No app can see anything now
erase-stays = What a law keeps
erase-stays-log = The record of who looked, and the proofs of what you agreed to
# $date a date
erase-stays-until = Sealed until { $date }, then destroyed
erase-stays-law = Kept because of the Cybersecurity Law, article 21, and the PIPL, article 69. Nobody can open your pages meanwhile.
erase-stays-copies = Old copies in backups
# $date a date
erase-copies-until = Gone by { $date }
erase-stays-copies-note = Backups are thrown away when their time is over.
erase-stays-service = The community’s services
erase-stays-service-note = Go on as before. Should you want to come back, the service desk enters you again.
erase-confirm-note = After you press “Erase it”, your phone asks for your finger, face or PIN, so that we know it is you.
erase-no = Keep it
erase-yes = Erase it
# $moment date and time
erasing-banner = All your information will be erased on { $moment }.
erasing-banner-undo = Look at it or undo it
erasing-heading = Erased for good on { $moment }
erasing-answer = No app sees your information now. If you change your mind, press “Undo”, and everything is as it was.
erasing-begun = You asked for it on { $moment }.
erasing-undo = Undo the erasure
erasing-keep = Keep this address
erasing-keep-note = You cannot sign in after the erasure. With this address you can look at the certificate at any time. Take a picture of it, or write it down.
erasing-qr = The address of the certificate, as a QR code
erased-title = Certificate of erasure
erased-heading = Erased on { $date }
erased-answer = Everything about this resident is erased, and the key is destroyed: nobody can bring it back.
erased-went = What went, and what is still kept
erased-key = The key to the information
erased-key-note = Destroyed. What is left without it is noise.
erased-rows = What went with it
erased-counts = { $fields } fields and { $passkeys } passkeys; { $consents } consents ended
erased-details-gone = Destroyed as well, on { $date }
erased-entry = In the ledger
erased-certificate = The signed certificate
erased-certificate-note = Signed by this service, and without any name in it. Anybody can verify it.
erased-download = Download the certificate
erased-show = Show the certificate as it is
erased-certificate-soon = The certificate is being signed. Come back in a few minutes.
erased-pending = Will be erased on { $moment }
erased-pending-note = Nothing is erased yet. Whoever it is about may still undo it after signing in.
erased-undone = Undone on { $moment }
erased-undone-note = Nothing was erased.
book-erasure-begun = You asked for everything to be erased
book-erasure-undone = The erasure was undone
error-nothing-to-undo = There is nothing to undo
error-nothing-to-undo-say = It was undone before, or the 7 days are over.
error-nothing-to-undo-do = Ask the service desk if you are not sure.
### What a resident decides when she is asked

time-days =
    { $count ->
        [one] 1 day
       *[other] { $count } days
    }
list-and = {", "}
list-space = {" "}
consent-notice-sees = { $client } would like to know: { $claims }.
consent-notice-sign-in = { $client } would like to know you again, by a number made for it.
consent-notice-more =
    { $count ->
        [one] One more thing is up to you.
       *[other] { $count } more things are up to you.
    }
consent-notice-no = If you say no, nothing else changes: { $instead }
consent-forms = How much of it
consent-length = { $length } (until { $date })
consent-length-note = It ends by itself then. You can stop it at any time before.
consent-button-later = Not now
consent-own-next = If you agree, the next page asks about it on its own.
consent-quiet-claim = You said no { $day }, so you are not asked again. Turn this on to look at it once more.
consent-changed = What is different from the last time
consent-changed-more = New this time: { $claims }.
consent-changed-less = No longer asked for: { $claims }.
consent-changed-controller = Responsible was { $old }, and now is { $new }.
consent-changed-terms = The community changed the rules of this purpose, so you are asked again.
consent-own-title = A separate question: { $claim }
consent-own-heading = { $client } would also like to know: { $claim }
consent-own-count = Question { $number } of { $count }.
consent-own-sees = How much of it
consent-own-need = Why it is needed
consent-own-risk = What could go wrong
consent-own-no = If you don’t give it
consent-own-no-say = The rest is done all the same, and what you just agreed to stands. You are not asked again for 90 days.
consent-own-button-no = Don’t give
consent-own-button-give = Give
consent-refused-title = You said no to { $client }
consent-refused-heading = You said no to { $client } { $day }
consent-refused-say = Until { $date } it may not ask you this again. If you have changed your mind you can look at it once more; if not, go back to the app. Nothing has changed.
consent-refused-back = Back to the app
consent-refused-again = Look again
apps-noes = What you did not agree to
apps-no-refused = You said no { $day }. You are not asked again until { $date }.
apps-no-deferred = You said “not now” { $day }. When you want to, come from that app again.
apps-no-again = It may ask again
apps-no-again-name = { $client } may ask again
book-consent-refused = You said no to { $client }
book-consent-left-out = You did not give { $client } something sensitive
book-consent-may-ask = You let { $client } ask you again
claim-phone_tail = Last four digits of the phone
claim-note-phone_tail = Enough to compare; it cannot be dialled.
claim-plate_tail = Last two of the number plate
claim-note-plate_tail = Enough to compare; it finds no car.
claim-care_needed = Care needed or not
claim-note-care_needed = Only yes or no, no level.
fact-phone_tail = Phone ending in { $value }
fact-plate_tail = Number plate ending in { $value }
fact-care_needed-true = Needs care
fact-care_needed-false = Needs no care
claim-need-care_level_band = So that the right person comes at the right time. “Care is needed” is enough to begin with; the rest can be talked over.
claim-risk-care_level_band = Whoever knows that you need care may come to sell things, or think less of you. It may be used for this alone, and every look is in your book.

### What a resident may ask of her record

rights-title = My rights
rights-heading = Your information, your say
rights-note = All of this is free, and you need not say why.
rights-law = By articles 44 to 50 of the Personal Information Protection Law.
rights-see = See what is on record
rights-see-note = All of it, item by item
rights-correct = Correct what is wrong
rights-correct-note = Your own word at once; the rest is checked by the service centre
rights-copy = Take a copy
rights-copy-note = On paper, or as a file
rights-why = Ask why somebody saw it
rights-why-note = Press “Why” in the visitors' book
rights-move = I am moving out
rights-move-note = Take your information along, tell the apps
mine-rights-note = Correct, copy, move
data-correct = Correct my information
correct-heading = What is to be corrected?
correct-note = What was changed, and when, stands in the visitors' book.
correct-none = Nothing on record
correct-waiting = Sent; the service centre is checking it
correct-checked = Changes once the service centre has checked it
correct-at-once = Changes at once
correct-go = Correct
correct-name = Correct: { $field }
correct-now = On record now: { $value }
correct-now-none = Nothing is on record now.
correct-right = What is right
correct-empty = Leave it empty to remove it.
correct-evidence = How can it be checked?
correct-evidence-hint = For example: I bring my ID card to the desk; you can call the new number. Do not write document numbers here.
correct-due = The service centre answers by { $date } at the latest.
correct-send = Send it to be checked
correct-save = Save
correct-wrong-value = { $field } is not written like that. Please see the hint below and try again.
correct-wrong-evidence = Please say in a sentence how it can be checked (at most 1,000 characters).
correct-wishes = Language and type size are switched under “Mine”, and remembered.
correct-hint-name = As on your document.
correct-hint-document_number = 18 digits of your ID card, or the number on your document.
correct-hint-birth_date = For example 1962-03-15.
correct-hint-phone = 11 digits.
correct-hint-email = For example name@example.cn.
correct-hint-emergency_phone = A mobile or a landline.
correct-hint-building = For example 3栋.
correct-hint-plate = For example 皖A12345.
corrected-done = { $field } is corrected
corrected-removed = { $field } is removed
corrected-book = The correction stands in the visitors' book.
corrected-asked = Sent to the service centre
corrected-asked-say = { $field } changes once it has been checked. You get an answer by { $date }, in your messages.
corrected-back = Go on
copy-heading = Take a copy
copy-what = Everything on record about you, what you agreed to, and who looked.
copy-paper = See all of it, and print
copy-file = Download as a file (JSON)
copy-careful = Nothing in the copy is masked. Keep it safe and send it to nobody.
copy-schema = The format of the file
copy-schema-say = The format is public, so that anybody can read it:
copied-title = A copy of my information
copied-heading = What { $community } has on record about me
copied-made = Made { $moment }
copied-print = Your browser's Print puts it on A4.
copied-consents = What I agreed to
copied-looks = Who looked (the last { $shown } of { $all })
copied-refused = Turned away: { $reason }
copied-entry = Entry { $number }
move-heading = I am moving out
move-flat = On record you live at: { $flat }
move-gone = On record you do not live here any more.
move-take = Take my information along
move-take-say = A signed file. A new community takes it in, and you need not start again; the old address is not in it. Good for 90 days; keep it safe.
move-take-button = Download my package
move-out = Say that I have moved out
move-out-apps = { $count ->
    [0] No app sees your information now; those that did are told.
    [one] One app stops seeing your information at once, and is told.
   *[other] { $count } apps stop seeing your information at once, and are told.
  }
move-out-flat = Your building, entrance and flat are removed; you are no resident of this community from then on.
move-out-keeps = You can still sign in, see the book, take a copy, ask for erasure.
move-out-button = I have moved out
moved-heading = Noted: you have moved out
moved-say = { $count ->
    [0] No app had to be stopped; those you once agreed to are told.
    [one] One app was stopped; all you agreed to are told.
   *[other] { $count } apps were stopped; all you agreed to are told.
  }
moved-wrong = Pressed by mistake? Enter building, entrance and flat again under “Correct”.
book-why = Why
book-copied = You took a copy of everything
book-packed = You downloaded your package to move with
book-moved-out = You moved out
why-title = Why this access
why-allowed = Why could { $client } look?
why-refused = Why could { $client } not look?
why-purpose = What for
why-basis = On what basis
why-consent = You agreed on { $day }, until { $until }.
why-consent-see = See that consent
why-no-consent = No consent of yours was found.
why-proof = How it is proved
why-proof-say = It is entry { $number } of the ledger, signed, and nobody can change it.
why-proof-file = Keep its proof
why-how = How it was decided
why-how-say = By the system, item by item, by a rule; no person took part.
why-how-rule = The rule: the consent was in force, for the same purpose, and only for what you agreed to; this entry was written before anything was opened.
why-claims = Item by item
why-made-from = Made from your:
why-required = The purpose cannot do without it
why-optional = You chose to give it
why-separate = Sensitive: you agreed to it by itself
why-unknown = The purpose has no need of it
error-document-taken = Somebody here has this document number
error-document-taken-say = Another resident is registered with the same document number, so nothing was changed.
error-document-taken-do = Please bring your document to the desk.
error-record-erased = The information is erased
error-record-erased-say = Your information is erased; there is nothing to open or to change.
error-record-erased-do = The service centre can tell you more.
error-moved-before = You moved out before
error-moved-before-say = On record you do not live here any more; nothing was changed.
error-moved-before-do = If you live here again, enter building, entrance and flat under “Correct”.
### Never given

never-title = What you never give
never-answer =
    { $count ->
        [0] There is nothing yet that you never give
        [one] There is one thing that you never give
       *[other] There are { $count } things that you never give
    }
never-note = It holds at once: whatever is asked, and whatever you agreed to before, it does not go out.
# $claim the claim's name
never-choose = { $claim }: not for whom
never-asked = You decide when somebody asks
# $parties kinds of parties, joined
never-says = Not for: { $parties }
never-anybody-says = Nobody gets it
never-how = One press keeps it back, another lets it go. Even then it does not go out by itself: you are asked first.
party-anybody = nobody at all
book-kept-back = You said that this is never given
book-let-go = You said that this may be asked for again
reason-kept_back = You never give this

### Bases other than consent

bases-label = No consent is needed, but you have a right to know
bases-why = Why
bases-who = Who does it
bases-fields = What is used
bases-rule = By which rule
bases-kept = For how long
bases-words = Your reasons (you need not give any)
bases-object = I object
bases-object-note = Somebody will answer you, and you will find the answer under Mine.
bases-objected = You have objected
bases-objected-due = You will be answered by { $date }.
bases-objected-case = See where it stands
basis-roster = The roster of residents
basis-why-roster = The property office registers residents under the service contract, and hands the roster over. It lies sealed here; whoever wants to see any of it has to ask you.
basis-kept-roster = As long as you live here; deleted when you move out or erase your record.
basis-invitation = Printing invitations
basis-why-invitation = The service centre prints one invitation for each resident, and has to see name and flat for it. Each look is in your visitors' book.
basis-kept-invitation = Seen while printing, and not kept besides.
basis-access_log = The visitors' book
basis-why-access_log = The law wants it on record who saw what and when. Nobody can alter that record, and it is there for you to read.
basis-kept-access_log = Sealed for six months at least after you erase your record, then destroyed.
basis-consent_proof = Proof of consent
basis-why-consent_proof = If there is a dispute, it must be provable what you were shown and what you agreed to.
basis-kept-consent_proof = As long as the visitors' book.
purpose-basis-roster = the roster of residents
purpose-basis-invitation = printing invitations
purpose-basis-access_log = the visitors' book
purpose-basis-consent_proof = proof of consent
for-whom = For whom?
for-whom-me = Myself
reason-consent_deferred = A guardian agreed; it waits for her own word
reason-consent_invalidated = Whoever agreed was no guardian
error-mandate-conflict = You work for them
error-mandate-conflict-say = Nobody agrees to the app of their own employer for somebody else. Nothing was given.
error-mandate-conflict-do = Let the resident do it, or come to the desk.
apps-deferred = A guardian agreed for you; since { $day } it waits for your own word
child-title = Act for my child
child-note = The child must live in the same flat. Until fourteen you act; from then on the child decides.
child-name = The child's name
child-born = Date of birth
child-relation = You are the child's
child-then = Then bring the household register to the desk. It begins when it was checked.
child-ask = Ask, with my passkey
family-child-note = Parents and guardians
family-only-note = End all help without a word
only-title = Only I, from now on
only-on = Only you act for yourself now
only-say = One press, at once, and nobody is told.
only-mandates = All help that you allowed ends
only-devices = All other phones and computers are signed out
only-household = Who lives with you cannot find you by the address, and nothing is sent to your home
only-help = In danger, call 110. Women's line 12338; for minors 12345.
only-press = Do it now
only-take-back = Take it back
error-mandate-no-child = No such child was found
error-mandate-no-child-say = Nobody of this name and day of birth is known in the same flat. Nothing has changed.
error-mandate-no-child-do = Check the spelling, or bring the household register to the desk.
error-child-tries = Too many tries today
error-child-tries-say = To protect children there are five tries a day. Nothing has changed.
error-child-tries-do = Try again tomorrow, or bring the household register to the desk.
desk-place-guardians = Guardians
# $count how many wait
guardians-heading = { $count ->
    [0] No guardian waits
    [one] One guardian waits
   *[other] { $count } guardians wait
  }
guardians-note = Check when you have seen the paper. Only its kind is kept, never a number.
# $guardian, $child masked names
guardians-who = { $guardian } asks to act for { $child }
# $day a date
guardians-until = ends by itself on { $day }
guardians-paper = The paper that you saw
guardians-paper-household-register = Household register
guardians-paper-birth-certificate = Birth certificate
guardians-paper-court-decision = Decision of a court
guardians-paper-committee-letter = Letter of the neighbourhood committee
guardians-no = Does not fit
guardians-yes = Checked

### What is never given is not asked for

consent-kept = Not given
# $party the kind of body, $claim the claim's name
consent-kept-say = You said that this is never shown to this kind of body ({ $party }): { $claim }. So you are not asked, and it does not go out.
consent-kept-change = Change that
# $claims names of claims
consent-kept-all = Never given, and not asked for here: { $claims }
consent-blocked = You cannot agree to this as it stands
consent-blocked-say = It cannot do without something that you said is never given. You can say no, decide later, or change that first and come back to this page.
error-kept-back = You said that this is never given
error-kept-back-say = Something in it you never give to this kind of body. Nothing was agreed to, and nothing went out.
error-kept-back-do = To give it, change it first under "What you never give". To keep it back, do nothing.
# $party the kind of body
desk-kept = Kept back by the resident: { $party }
desk-blocked = The resident never gives something that this cannot do without, so it cannot be done here. She can change that on her own phone.

### Acting for somebody: what was added

mandate-standing-waiting-desk = waiting to be checked at the desk
mandate-right-object = Object for me
mandate-right-note-object = When an app looked and should not have. The answer comes to you
### After a death: sealed records, near relatives, what was arranged before

desk-place-sealings = Deceased
sealings-heading = Recorded as having died: { $count }
sealings-note = One colleague records it, another one who has seen the paper confirms: from then on the record is sealed. For 7 days the resident's own passkey undoes it.
sealing-evidence-death_certificate = Death certificate seen
sealing-evidence-household_cancelled = Cancelled household registration seen
sealing-evidence-court_declared = Court declaration of death seen
sealing-asked = Recorded by { $name }, { $moment }
sealing-confirmed = Confirmed by { $name }; the record is sealed
sealing-waits = Until { $moment } the resident's own passkey undoes it
sealing-final = The 7 days are over; near relatives may be answered
sealing-confirm = I have seen the paper too: seal
sealing-stop = Take this back
sealing-ask-lift = A mistake: ask a colleague to open it
sealing-lift-asked = { $name } asks that it be opened again
sealing-lift = I have checked too: open it
desk-died = This resident has died
desk-died-evidence = What paper have you seen?
desk-died-note = A colleague has to confirm it. The resident is told; if she signs in after this, it cannot be confirmed.
desk-died-say = Record it
desk-sealing = A colleague has recorded that this resident has died
desk-erases = All information will be erased on { $moment }
desk-keep-note = If the resident has changed her mind, it can be undone here, confirmed by her own phone or card.
desk-keep-none = If the resident has changed her mind, she needs a card first to confirm that here.
desk-keep = Undo the erasure
desk-act-keep = Undoing the erasure of all information
still-here-title = I am still here
still-here-heading = Your record is sealed: you were recorded as having died
still-here-what = Two members of staff recorded that. If it is a mistake, press the button and everything is as it was.
still-here-button = I am still here: open my record
still-here-note = You can do this within 7 days of the sealing; after that, please come to the service desk.
tell-sealing-asked = A member of staff has recorded that you died. If that is a mistake, opening any page now is enough: when we see you, nothing is sealed.
tell-sealed = Your record is sealed because you were recorded as having died. If that is a mistake, sign in within 7 days and press “I am still here”.
tell-unsealed = Your record is open again, as before.
book-sealing-asked = The service centre recorded that you have died
book-sealed = The service centre sealed your record: no app can see anything
book-unsealed = Your record was opened again
book-arranged = You arranged for after your death
reason-resident_sealed = Your record was sealed
after-title = After my death
after-short = Who may ask for your information
after-heading = Who may ask after your death?
after-note = The law lets near relatives see, copy or erase your information where they have good reason. If you say otherwise, your word counts.
after-who = Your choice
after-law = Near relatives, as the law says
after-nobody = Nobody
after-named = One person only
after-name = This person's name (only for “One person only”)
after-keep = Keep it so
relative-title = Somebody near me has died
relative-short = Ask to see, copy or erase the information
relative-heading = Ask about a relative who has died
relative-note = Please bring your identity document and proof of the relationship to the service desk. You have an answer by { $day }.
relative-name = What was your relative's name?
relative-relation = Who was your relative to you?
relative-was-spouse = Wife or husband
relative-was-child = Son or daughter
relative-was-parent = Mother or father
relative-was-sibling = Brother or sister
relative-was-grand = Grandparent or grandchild
relative-words = What do you need it for?
relative-asks-copy = Ask for a copy
relative-asks-erase = Ask for erasure
relative-died = Who died
relative-wants = The request
relative-record = Which record is it?
relative-record-none = Not known yet
relative-record-note = Choose one before you agree; records sealed for 7 days are listed. Where the resident arranged otherwise, agreeing is refused.
relative-copy-title = Your relative's information
relative-copy-open = Open the copy
relative-copy-until = You can open and print it until { $day }.
case-owner = { $name } of the service centre looks after it.
case-owner-desk = The community's service desk looks after it.

### Pages about somebody else: what these sentences say of them
about-home-answer =
    { $count ->
        [0] No app can see anything about them now.
        [one] One app can see some of their information.
       *[other] { $count } apps can see some of their information.
    }
about-home-last-none = No app has looked at their information yet.
about-home-large-book = See who looked
about-home-large-data = See their information
about-apps-none = When an app wants to see something, it asks first. Only those that were agreed to appear here.
about-apps-withdrawn = They stopped it { $moment }
about-app-heading = { $client } can see some of their information
about-app-heading-ended = { $client } can no longer see anything of theirs
about-app-heading-paused = { $client } can see nothing of theirs for now
about-app-agreed = What was agreed to
about-app-refused = Not given
about-app-paused-say = It is paused and can read nothing.
about-filter-sort-reads = Their information was read
about-filter-sort-behalf = Done for them by others
about-book-heading = Who looked at their information
about-book-empty = The book is still empty. As soon as anyone looks, it is here.
about-book-consent-given = They let { $client } see
about-book-consent-changed = They changed what { $client } may see
about-book-consent-withdrawn = They stopped { $client }
about-book-consent-paused = They paused { $client }
about-book-consent-resumed = They resumed { $client }
about-book-consent-refused = They said no to { $client }
about-book-consent-left-out = They did not give { $client } something sensitive
about-book-consent-may-ask = They let { $client } ask again
about-book-import = The community's roster brought their information
about-book-edit = They corrected their information
about-book-copied = They took a copy of everything
about-book-moved-out = They moved out
about-book-own-views =
    { $count ->
        [one] They looked at their own information
       *[other] They looked at their own information { $count } times
    }
about-book-others-views = Somebody acting for them looked { $count ->
    [one] once
   *[other] { $count } times
  }
about-book-kept-back = They said that this is never given
about-book-let-go = They said that this may be asked for again
about-book-other = Something else about them
about-why-consent = They agreed on { $day }, until { $until }.
about-why-no-consent = No consent of theirs was found.
about-why-made-from = Made from their:
about-why-optional = They chose to give it
about-why-separate = Sensitive: agreed to by itself
about-apps-deferred = A guardian agreed for them; since { $day } it waits for their own word
about-data-title = Their information
about-data-heading = What the community has on record about them
about-data-note = Masked until you press Show. Each look of yours is in their visitors' book.
about-data-none = Nothing about them is on record yet.
about-data-source-resident = From them, { $day }
about-data-group-person = Who they are
about-data-group-contact = How to reach them

### Emergencies, and what takes two people
error-approval-late = Too late to approve
error-approval-late-say = What a colleague asked for must be approved within 15 minutes. Nothing was opened.
error-approval-late-do = Ask the colleague to ask again.
### Auditing: searching entries
desk-place-reviews = Entries
reviews-heading =
    { $count ->
        [one] One entry found
       *[other] { $count } entries found
    }
reviews-none = There is no such entry
reviews-looked = { $opened ->
    [one] One entry was
   *[other] { $opened } entries were
  } opened, back to { $moment }.
# $count how many; $positions where; $more those that are not named.
reviews-altered = { $count ->
    [one] One entry is not what was entered, or is gone, and is left out below: { $positions }
   *[other] { $count } entries are not what was entered, or are gone, and are left out below: { $positions }
  }{ $more ->
    [0] {""}
   *[other] {" "}and { $more } older
  }. The database was altered. Put it into a case file, and have the operator run latchkey ledger verify, which names what is wrong; check the public ledger yourself with latchkey audit.
reviews-entered = Your search is entered in the ledger, too.
reviews-filter = What to look for
reviews-kind = Kind
reviews-outcome = Outcome
reviews-purpose = Purpose
reviews-staff = Member of staff or auditor
reviews-anybody = Anybody
reviews-any = All
reviews-from = From
reviews-to = To (not included)
reviews-alias = Resident's code
reviews-alias-note = There are no names here. The first 8 digits of a code are enough, for example 3f2a9c01.
reviews-since = From { $moment }
reviews-until = To { $moment }
reviews-resident = Resident { $alias }
reviews-entry = Entry
reviews-what = What happened
reviews-who = By whom
reviews-whose = About whom
reviews-older = Look further back
reviews-older-note = Each page opens only so many; older entries have not been looked at yet.
review-kind-padding = Padding
review-kind-disclosure = Read by an app
review-kind-refusal = Read refused
review-kind-consent_given = Consent given
review-kind-consent_changed = Consent changed
review-kind-consent_withdrawn = Consent withdrawn
review-kind-consent_expired = Consent ran out
review-kind-write = Information written
review-kind-self_view = Resident's own look
review-kind-credential = Passkey or recovery code
review-kind-mandate = Acting for somebody
review-kind-erasure = Erasure
review-kind-staff = Act of staff or auditor
review-kind-operator = Act of the operator
review-kind-break_glass = Emergency access
review-kind-statistics = Statistics released
review-kind-case = Something a resident raised
review-outcome-allowed = Allowed
review-outcome-refused = Refused
review-role-resident = The resident
review-role-client = The app
review-role-operator = The operator
review-role-service = The service
review-role-delegate = Somebody with a mandate
review-role-guardian = A guardian
review-role-staff = Staff
review-role-auditor = Auditor
review-role-named = { $name } ({ $role })
review-why-consent_required = Never agreed to
review-why-consent_withdrawn = The consent was withdrawn
review-why-consent_expired = The consent had run out
review-why-consent_paused = The consent was paused
review-why-consent_refused = The resident had said no
review-why-claim_not_agreed = This item was not agreed to
review-why-scope_too_narrow = More than was agreed to
review-why-purpose_mismatch = Another purpose than agreed to
review-why-purpose_withdrawn = No longer allowed for this purpose
review-why-client_disabled = The app was switched off
review-why-access_suspended = The account was locked
review-why-resident_sealed = The record was sealed
review-why-resident_erased = The information was erased
review-why-kept_back = The resident never gives this
review-why-review_search = Entries searched
review-why-review_read = One entry read
review-why-desk_look_found_nobody = Looked for somebody and found nobody
review-why-desk_looks_too_many = Looked for too many people
review-why-person_signed_in = Signed in
review-entry-heading = Entry { $number }: { $kind }
review-entry-note = There are no names here, and no value of anybody's data. That you looked is entered, too.
review-at = When
review-reason = Reason
review-claims = Which information
review-consent = Code of the consent
review-sought = What was sought
review-leaf = Leaf in the public ledger
review-position = Position { $position } (counted from 0)
review-proof = Proof
error-emergency-blocked = Emergency access is blocked
error-emergency-blocked-say = An earlier use was not reviewed within 72 hours. Until it is, nobody may ask for or approve another one.
error-emergency-blocked-do = Ask an auditor, or a colleague who was not part of it, to review it now.
error-emergency-over = This is not possible any more
error-emergency-over-say = It was approved, ended or reviewed before. Nothing was changed.
error-emergency-over-do = Go back to the list of emergencies to see how it stands.
error-emergency-unfit = This cannot be asked for like this
error-emergency-unfit-say = A reason, words, a case number and one to five of the allowed items are needed; a list needs residents who agreed.
error-emergency-unfit-do = Go back and complete the form.
error-emergency-hand = Somebody else has to do this
error-emergency-hand-say = Whoever asked or approved does not review; an auditor goes first for a day; whoever has left counts no more.
error-emergency-hand-do = Ask an auditor, or another colleague.
error-emergency-refused = Nothing was opened
error-emergency-refused-say = The time is over, the reads are used up, or you are not one of the two. The attempt was written down.
error-emergency-refused-do = If it is still an emergency, ask again with a colleague.
claim-phone_full = Telephone number, in full
claim-contact_name = Emergency contact’s name
claim-contact_phone = Emergency contact’s telephone
claim-home_flat = Building, unit and room
desk-place-emergencies = Emergencies
desk-emergency = This is an emergency
desk-emergency-note = See a few things at once, with a colleague’s approval. The resident is told.
emergencies-heading = { $count ->
    [0] No emergency access so far
    [one] 1 emergency access
   *[other] { $count } emergency accesses
  }
emergencies-note = Two colleagues, thirty minutes, at most five items. The resident is told at once, and a third person reviews it within 72 hours.
emergencies-blocked = A review is overdue. Nobody may ask for or approve emergency access before it is done.
emergencies-ask-one = About one resident
emergencies-ask-one-note = Find the resident first; the way in is on their page.
emergencies-ask-building = About a building’s list
emergencies-ask-building-note = Everybody there who agreed beforehand.
emergency-title = Emergency access
emergency-back = Back
emergency-of-building = Everybody on the list of { $building }
emergency-of-one = One resident
emergency-reason = What has happened?
emergency-reason-medical = Somebody is ill or hurt
emergency-reason-fire = Fire, gas, water or electricity
emergency-reason-missing = Somebody is missing
emergency-reason-danger = Somebody is in danger
emergency-reason-other = Another emergency
emergency-reason-erased = The record was erased
emergency-state-asked = Waits for a second colleague
emergency-state-nothing = Came to nothing
emergency-state-open = Open now
emergency-state-to-review = Waits for its review
emergency-state-overdue = The review is overdue
emergency-state-reviewed = Reviewed
emergency-ask-title = Ask for emergency access
emergency-ask-heading = Emergency: { $who }
emergency-ask-building = Emergency in a building
emergency-ask-note = Nothing is opened by asking. A second colleague reads exactly what you sign, and has 15 minutes to approve it.
emergency-building = Which building?
emergency-building-note = Only residents who agreed beforehand are on its list.
emergency-words = In your words
emergency-case = Case number (letters, digits, hyphen)
emergency-claims = What do you need to see? At most five.
emergency-ask = Sign and ask
emergency-case-is = Case { $case }
emergency-asked-by = { $name } asked, { $moment }
emergency-approved-by = { $name } approved, { $moment }
emergency-reviewed-by = { $name } reviewed, { $moment }
emergency-reads = Opened { $count ->
    [0] not at all
    [one] once
   *[other] { $count } times
  }, of { $people ->
    [one] 1 person
   *[other] { $people } people
  }
emergency-review-due = To be reviewed by { $moment }
emergency-approve = Sign and approve
emergency-approve-note = You approve exactly what stands above, for thirty minutes. The resident is told at that moment. Until { $moment }.
emergency-waits = A second colleague has to approve this by { $moment }.
emergency-read = Open it now
emergency-read-note = Each time is written in the resident’s book before anything is opened. Until { $moment }, at most 20 times.
emergency-close = Close it: nothing more is needed
emergency-cancel = Take it back
emergency-decline = Decline
emergency-review = Was it justified?
emergency-review-note = The resident is told what you find. Your words stay with the service centre and the auditors.
emergency-finding = Your finding
emergency-finding-justified = It was justified
emergency-finding-unjustified = It was not justified
emergency-review-words = Why
emergency-review-keep = Sign the review
emergency-opened-note = This page is kept nowhere. It may be opened again until { $moment }.
emergency-person = Person { $number }
emergency-none = not in the record
my-emergencies-title = In an emergency
mine-emergencies-note = Who saw something in an emergency, and whether you are on your building’s list
my-emergencies-answer = { $count ->
    [0] Nobody has seen anything of yours in an emergency
    [one] Something of yours was opened for an emergency once
   *[other] Something of yours was opened for emergencies { $count } times
  }
my-emergencies-note = It takes two members of staff, for thirty minutes. You are told at once, and a third person looks at it afterwards.
my-emergency-hands = { $one } asked, { $other } approved
my-emergency-by-list = by your building’s list
my-emergency-reads = Opened { $count ->
    [0] not at all
    [one] once
   *[other] { $count } times
  } · case { $case }
my-emergency-unreviewed = Not yet reviewed
my-emergency-object = I want to object to this
my-emergency-on = You are on your building’s list
my-emergency-off = You are not on your building’s list
my-emergency-moved = Your address has changed: you are on no list
my-emergency-list-note = In a fire or a flood two members of staff may then see, of everybody on the list, some of this. Nobody is on it without having said so here, and you may leave at any time.
my-emergency-join = Put me on the list
my-emergency-leave = Take me off the list
tell-emergency-opened = Two members of staff opened some of your information for an emergency. You see here who, why and what.
tell-emergency-reviewed = A third person has reviewed the emergency in which some of your information was opened.
book-emergency_asked = A member of staff asked to see something of yours in an emergency
book-emergency_approved = A second member of staff approved the emergency
book-emergency_read = In an emergency, the service centre opened
book-emergency_cancelled = The emergency request was taken back; nothing was opened
book-emergency_declined = The emergency request was declined; nothing was opened
book-emergency_closed = The emergency was closed
book-emergency_reviewed = A third person reviewed the emergency
book-emergency_listed = You put yourself on your building’s emergency list
book-emergency_unlisted = You took yourself off your building’s emergency list
book-emergency-refused = An attempt in an emergency was refused; nothing was opened

### Witnesses (one line at the head of each page, and what it opens to)
# $moment is a moment.
witness-missing = No outside witness since { $moment }
witness-missing-more = Outside witnesses vouch that the visitors’ book was not rewritten, and too few of them have confirmed it since then. Every access is still entered; if this lasts 24 hours, no app can read your information any more.
witness-stopped = No app can read now: no outside witness
witness-stopped-more = Since { $moment } too few outside witnesses have confirmed the visitors’ book, so no app can read your information. Your own pages work as always.
witness-disputed = A witness says that the visitors’ book changed
witness-disputed-more = An outside witness reports that the visitors’ book is not the one it saw before. The service centre must find out why; you can ask an auditor.
witness-see = See what the witnesses saw
reason-ledger_unwitnessed = No outside witness had confirmed the visitors’ book
transparency-title = What everybody may know
transparency-link = What everybody may know
transparency-link-note = How much is read, refused and overdue, in numbers
transparency-answer = This month apps read { $reads ->
    [one] once
   *[other] { $reads } times
  } and were refused { $refused ->
    [one] once
   *[other] { $refused } times
  }
transparency-soon = The numbers are being counted for the first time
transparency-note = Numbers about this community’s service, with no personal information. Anybody may count the entries in the public tree again.
transparency-witnesses = Who watches that nothing is rewritten
transparency-unwatched = Nobody does. This service has no independent witnesses: that its log is the same for everybody is its own word alone.
transparency-watched = { $present } of { $all } independent witnesses have confirmed the log in the last minutes.
transparency-witness-signed = confirmed { $size } entries, { $moment }
transparency-witness-missing = has not been heard of since { $moment }
transparency-witness-new = has not been asked yet
transparency-witness-disputes = has said since { $moment } that the log is not the one it saw before
transparency-now = Now
transparency-apps = Apps that residents may let read
transparency-overdue-deletions = Deletions overdue and not confirmed by the end of the month
transparency-overdue-answers = Objections and questions overdue and not answered by then
transparency-overdue-reviews = Emergency accesses not reviewed within 72 hours
transparency-months = Month by month
transparency-month = { $month }/{ $year }
transparency-month-says = { $reads ->
    [one] 1 read
   *[other] { $reads } reads
  }
transparency-disclosures = Reads by apps
transparency-refusals = Reads refused
transparency-given = Consents given
transparency-withdrawn = Consents withdrawn
transparency-emergencies = Emergency accesses by staff
transparency-unjustified = … found unjustified
transparency-sealings = Records sealed after a death
transparency-erasures = Steps of erasures (asked for, undone, done)
transparency-partners = How the apps keep their word
transparency-no-partners = No month is over yet. When one is, this says how each app kept its word in it, and does not change afterwards.
transparency-deletions = Deletions that were due
transparency-answers = Answers that were due
transparency-number = { $count }
transparency-made = Counted { $moment }.
transparency-small = How many entries of each kind there are, anybody can count in the public ledger, so it is told as it is. Numbers that count residents, and those of single apps, are told once, when the month is over, and not changed afterwards. A number from 1 to { $count } is not told, nor is one that would give it away.
transparency-tree = The log
transparency-size = The signed log holds { $count ->
    [one] 1 entry
   *[other] { $count } entries
  }. Its fingerprint:
transparency-no-tree = No entry has been signed yet.
transparency-checkpoint = The signed checkpoint
transparency-key = The key it is signed with
transparency-json = This page as JSON
transparency-expired = Consents that ran out
transparency-not-over = What counts residents is told once the month is over, and not changed afterwards.
transparency-month-apps = { $count ->
    [one] 1 app
   *[other] { $count } apps
  }
transparency-closed-apps = Apps that are no longer open, together
transparency-kept-nothing-late = nothing was late
transparency-kept-some-late = some were late
transparency-kept-nine-in-ten = nine in ten or more in time
transparency-kept-half = half or more in time
transparency-kept-fewer = less than half in time
transparency-withheld = not told
transparency-stale = These numbers are old: they should be made every minute, and the last time was { $moment }.
transparency-behind = Some entries could not be counted this time; the numbers below may be too low.
transparency-unread = { $count ->
    [one] 1 entry was
   *[other] { $count } entries were
  } missing, or not as written, when counted. Anybody can download the public tree and check.

### Auditing: charts and what is not as usual
desk-place-charts = Charts
desk-place-anomalies = Unusual
charts-heading = In the last { $days ->
    [one] day
   *[other] { $days } days
  } apps read { $reads ->
    [one] once
   *[other] { $reads } times
  } and were refused { $refused ->
    [one] once
   *[other] { $refused } times
  }
charts-incomplete = The ledger is long, and still being counted in the background. Come back in a few minutes; each reload counts further back, too.
charts-heading-partly = Not all counted yet: since { $moment } apps read { $reads ->
    [one] once
   *[other] { $reads } times
  } and were refused { $refused ->
    [one] once
   *[other] { $refused } times
  }
anomalies-heading-partly =
    { $count ->
        [0] Not all counted yet: nothing unusual since { $moment }, and nothing known of before
        [one] Not all counted yet: one thing to look at since { $moment }
       *[other] Not all counted yet: { $count } things to look at since { $moment }
    }
anomalies-skipped = Rules that compare with the 30 days before (reads at night, far above the usual, asked for and never read) were not applied this time.
charts-spans = How many days
charts-span = { $count ->
    [one] One day
   *[other] { $count } days
  }
chart-hours-title = Reads by the hour of the day
chart-hours-none = Nothing was read, and nothing refused.
chart-hours-column = Hour
chart-days-title = Reads by day
chart-days-none = Nothing was read, and nothing refused.
chart-days-column = Day
chart-residents-title = How often each resident was read
chart-residents-none = Nobody's information was read.
chart-residents-column = Reads
chart-residents-series = Residents
chart-objections-title = Objections that wait, by days
chart-objections-none = No objection waits for an answer.
chart-objections-column = Days
chart-objections-series = In time
anomalies-heading =
    { $count ->
        [0] Nothing unusual in the last 7 days
        [one] One thing to look at in the last 7 days
       *[other] { $count } things to look at in the last 7 days
    }
anomalies-note = Each is computed from the entries and compared with the 30 days before. Unusual is not forbidden: look at the entries before you judge. That you looked is entered, too.
anomaly-show = Show the entries
anomaly-title-night = Reads at night
anomaly-title-far-above = Far above the usual
anomaly-title-many-residents = Too many residents in an hour
anomaly-title-never-read = Asked for and never read
anomaly-title-in-a-row = Refused again and again
anomaly-night = { $app } read { $count } times between 23:00 ({ $day }) and 06:00; in the 30 days before it read on { $days } days, and in { $nights } nights.
anomaly-far-above = { $app } read { $count } times on this day: { $day }. In the 30 days before, the median of the days with reads was { $median }.
anomaly-many-residents = { $app } read the information of { $count } residents for “{ $purpose }” within an hour ({ $moment }); this purpose needs { $need } an hour at most.
anomaly-never-read = { $app } had residents agree to { $claims } for “{ $purpose }”, read { $count } times within 30 days, and never read that.
anomaly-in-a-row = { $app } was refused { $count } times in a row ({ $moment }), with no read in between.
anomaly-rule-night = The rule: at least 3 in one night, at least 7 days with reads before, and fewer than one in ten of them at night.
anomaly-rule-far-above = The rule: at least 10 on one day, more than 3 times the median, and at least 3 days with reads before.
anomaly-rule-many-residents = The rule: more residents than the settings say this purpose needs in an hour.
anomaly-rule-never-read = The rule: somebody agreed within 30 days, or earlier and still does; the app read at least 10 times in 30 days, and this item never.
anomaly-rule-in-a-row = The rule: at least 10, with no read in between.
review-why-review_charts = Charts looked at
review-why-review_anomalies = Unusual things looked at

### Auditing: case files, export, names
desk-place-dossiers = Case files
desk-place-names = Names
dossiers-heading =
    { $count ->
        [0] No case file is open
        [one] One case file is open
       *[other] { $count } case files are open
    }
dossiers-note = Every auditor may write in them. What was written cannot be changed or deleted, and each step is entered.
dossier-title = Title
dossier-state = State
dossier-notes = Notes
dossier-entries = Entries
dossier-closed = Closed by { $name }, { $day }
dossier-opened = Opened by { $name }, { $day }
dossier-which = Into which file
dossier-new = New case file
dossier-into = { $count ->
    [one] Put this entry into a case file
   *[other] Put these { $count } entries into a case file
  }
dossier-put = Put it there
dossier-no-notes = There are no notes yet.
dossier-note = New note
dossier-write = Write it down
dossier-entries-count = { $count ->
    [one] One entry
   *[other] { $count } entries
  }
dossier-no-entries = There are no entries yet. Search first, then put them here.
dossier-close-note = Nothing is written into a closed file. It can be opened again.
dossier-close = Close it
dossier-reopen = Open it again
export-title = Export
export-note = A ZIP file: JSON, CSV and a signature of this service that anybody can check. The export is entered in the ledger.
export-press = Sign and export
names-heading =
    { $count ->
        [0] Nothing waits for your approval
        [one] One request waits for your approval
       *[other] { $count } requests wait for your approval
    }
names-note = To learn who a resident is takes a reason and a second auditor. The name is shown once, and the resident is told at once.
name-of = Resident { $alias }
name-asked = Asked by { $name }, { $moment }
name-approved = Approved by { $name }
name-until = until { $moment }
name-approve = Approve
name-other = Another auditor has to approve it.
name-open = See the name (once)
name-cancel = Cancel
name-state-waiting = Waits for approval
name-state-approved = Approved
name-state-opened = The name was shown
name-state-cancelled = Cancelled
name-state-lapsed = Too late
name-shown = Resident { $alias } is { $name }
name-shown-note = This is shown once. It stands in the resident's book, and the resident was told.
name-ask = Who is this resident?
name-ask-note = Another auditor has to approve it within 15 minutes. When you see the name, the resident is told.
name-reason = Reason (the other auditor reads these very words)
name-ask-press = Sign and ask
tell-identified = Two auditors saw your name, to check an entry of the ledger. If you doubt it, you can object.
book-identified = Two auditors saw your name while checking an entry
error-review-over = This is not possible any more
error-review-over-say = It was settled, is too late, or somebody was there first. Nothing was changed.
error-review-over-do = Go back to the list and see how it stands.
error-review-altered = What stood here was altered
error-review-altered-say = What lies in the database is not what was entered in the ledger, so it is not shown to you.
error-review-altered-do = Note the time and the address, and have the operator run latchkey ledger verify, which names what is wrong; check the public ledger yourself with latchkey audit.
error-review-hand = Another auditor is needed
error-review-hand-say = Whoever asked cannot approve it. Nothing was changed.
error-review-hand-do = Ask another auditor to sign in and approve it.
review-why-review_exported = Entries exported
review-why-review_export_signed = The export was signed
review-why-dossier_opened = A case file was opened
review-why-dossier_noted = A note in a case file
review-why-dossier_attached = Entries put into a case file
review-why-dossier_closed = A case file was closed
review-why-dossier_reopened = A case file was opened again
review-why-dossier_read = A case file was read
review-why-dossier_exported = A case file was exported
review-why-identify_asked = Asked who somebody is
review-why-identify_approved = Approved to learn who somebody is
review-why-identify_cancelled = Asking who somebody is was cancelled
review-why-identified = The name was seen
### Checking the visitors' book

check-title = Check
check-busy = Checking…
check-busy-count = { $done } of { $all } entries
check-whole = Checked: { $entries } entries about you. None is missing, none was changed.
check-whole-first = This device checks for the first time. Next time it compares with today.
check-whole-since = Compared with { $moment }, when this device checked last: only new entries were added. Not a letter of the old ones has moved.
check-whole-newer = Since this page was opened, { $count } more were written.
check-whole-newer-go = See them
check-whole-partly = The ledger is long: this device has read it from entry { $partly } on. To have the part before it checked as well, keep the evidence and ask somebody.
check-found-gap = Something is wrong: entry number { $number } about you is gone.
check-found-gap-say = Your entries are numbered without a gap, and here one is missing: something about you was kept from you.
check-found-hidden = Something is wrong: entry { $number } of the ledger is about you, and you were not shown it.
check-found-hidden-say = The ledger is open to everybody. It holds an entry with your mark that this book does not have.
check-found-altered = Something is wrong: your entry number { $number } is not what was written down.
check-found-altered-say = Each entry is sealed when it is written. What opened now does not fit the seal.
check-found-misplaced = Something is wrong: your entry number { $number } is not in the ledger.
check-found-misplaced-say = You were shown it, but the ledger that was signed does not have it, or has it in another place.
check-found-unsigned = Something is wrong: the ledger's signature does not fit.
check-found-unsigned-say = The ledger you were shown is not signed with the key that is published here.
check-found-other-key = Something is wrong: the ledger's key has changed.
check-found-other-key-say = It is not the key that this device saw last time. A new key has to be announced. Please ask the service centre.
check-found-shrunk = Something is wrong: the ledger has become shorter.
check-found-shrunk-say = This device saw { $number } entries last time. Now there are fewer.
check-found-rewritten = Something is wrong: old entries of the ledger were changed.
check-found-rewritten-say = It does not fit the ledger that this device saw last time.
check-found-unshown = Something is wrong: entry { $number } on this page is not among yours.
check-found-unshown-say = What the page shows is not what the ledger holds.
check-found-omitted = Something is wrong: entry { $number } of the ledger is about you, and this page leaves it out.
check-found-omitted-say = Your device opened all of your entries and compared them with this page one by one: this one is not on it.
check-found-replaced = Something is wrong: one of your first { $number } entries was exchanged for another.
check-found-replaced-say = The numbers have no gap, but it is not the entry that this device saw last time.
check-found-stale = Something is wrong: the ledger stands still, and what is written now does not get into it.
check-found-stale-say = Your device has just left a mark. It waited, and the ledger that was signed does not have it. What you are shown may be an old ledger.
check-found-withheld = Something is wrong: what the check needs was not handed over.
check-found-withheld-say = The network works and the service answered, but what it gave is incomplete, or cannot be read.
check-bad-do = Please keep this page open. Call the number below, or take this device to the desk. You can also keep the evidence and give it to the residents' committee or an auditor. They can find out without asking us.
check-cannot = The check did not come to an end.
check-cannot-say = Perhaps the network is gone, or this browser is too old. That does not mean that something is wrong. Try again, or keep the evidence and ask somebody to check it.
check-again = Check again
check-ask = Would you like to know whether an entry is missing, or was changed? Let your own device find out. It takes your passkey once.
check-go = Check my visitors' book
check-noscript = This browser runs no scripts and cannot check here. You can keep the evidence below and have it checked with Latchkey's command.
check-how = How does it check?
check-how-say = Whatever happens is sealed as it is written and put into a ledger that everybody can read and that is signed. Your browser works out each of your entries again: does it fit its seal, is it in the ledger, are the numbers without a gap, is there none with your mark that you were not shown, is it the same ledger as last time, does it still grow, does this page leave anything out. It takes nobody's word for it, ours included.
check-facts = The ledger has { $size } entries, root { $root }….
book-lost-say = We found this ourselves on opening the book: somebody had a hand in the records. Please call the number below. You can also keep the evidence and give it to the residents' committee or an auditor.
check-file = Keep the evidence (file)
emergency-home-asked = { $count ->
    [one] An emergency waits for a second colleague to approve it, now
   *[other] { $count } emergencies wait for a second colleague to approve them, now
  }
emergency-home-review = { $count ->
    [one] 1 emergency access waits for its review
   *[other] { $count } emergency accesses wait for their review
  }
emergency-home-overdue = { $count ->
    [one] The review of an emergency access is overdue: nobody can use it until it is done
   *[other] { $count } reviews of emergency accesses are overdue: nobody can use it until they are done
  }

### Emergencies: what does not open, and whoever looks

emergency-state-altered = Altered
emergency-altered-note = What lies in the database is not what was signed, or cannot be read any more. Nothing is opened by it. Please review it, and tell whoever runs this service.
emergency-reason-gone = What was written was deleted in due time
emergency-reason-unread = Cannot be read any more
emergency-missing = { $count ->
    [one] 1 more record did not open: sealed, erased or damaged.
   *[other] { $count } more records did not open: sealed, erased or damaged.
}
emergency-words-note = No names, flats or telephone numbers. Whoever reviews it reads these words.
book-emergency_same_hand = Whoever asked tried to approve the emergency as well; it was refused, and nothing was opened
review-why-emergencies_listed = The emergencies were listed
review-why-emergency_seen = An emergency was looked at
review-why-names_listed = Requests for names were listed
review-why-dossiers_listed = Case files were listed
reviews-unread = { $count ->
    [one] 1 more cannot be read: it was altered in the database. Tell whoever runs this service.
   *[other] { $count } more cannot be read: they were altered in the database. Tell whoever runs this service.
}

### The ledger is not signed any more (the line at the head of a page, and what it opens to)
# $moment since when.
ledger-contradicted = No app can read now: the visitors’ book does not fit
ledger-contradicted-more = Since { $moment } the visitors’ book has not agreed with what was signed of it before. Nothing more is signed, and no app can read your information. The service centre must find out why; your own pages work as always, and you can ask an auditor.
ledger-unsigned = Nothing signed in the visitors’ book since { $moment }
ledger-unsigned-more = Every access is still entered, but what is new is not signed yet and cannot be checked. If this lasts 24 hours, no app can read your information any more.
ledger-unsigned-stopped = No app can read now: the visitors’ book is not signed
ledger-unsigned-stopped-more = Since { $moment } nothing new has been signed in the visitors’ book, so no app can read your information. Your own pages work as always.
reason-ledger_unsigned = The visitors’ book could not be signed

### A link of another site, and case files along their entries

desk-arrival-title = A link from elsewhere
desk-arrival-heading = Nothing has been opened yet
desk-arrival-note = This link came from another site. Whatever you open is entered in the ledger under your name.
desk-arrival-go = Open it
desk-arrival-stay = Do not open it
dossier-incomplete = The ledger was not looked through to its end: later steps may be missing here. A search finds them.
