# English. Written for people, not translated word by word.

## shell: what is on every page

shell-product = Meguri
shell-title = { $page } – Meguri ({ $town })
shell-title-error = Error: { $page } – Meguri ({ $town })
shell-skip = Skip to main content
shell-language = Language 言葉
shell-account = { $name }
shell-nav = Main pages
shell-nav-home = Home
shell-nav-help = Help
shell-nav-wallet = Wallet
shell-nav-children = Children
shell-nav-me = Me
shell-signin = Sign in
shell-signout = Sign out
shell-footer-town = For everyone in { $town }.
shell-footer-open = Meguri is open-source software: anyone may use it and improve it.
shell-required = required
shell-optional = optional
shell-choose = Please choose
shell-back = Back
shell-step = Step { NUMBER($at) } of { NUMBER($of) }
shell-to-home = Go to Home

## welcome: the page for people who are not signed in

welcome-title = Neighbours helping neighbours, made easy
welcome-lead = In { $town }, Meguri lets you ask for a hand, lend one, and say thank you with points.
welcome-join = New here?
welcome-join-note = You show your My Number card once. It takes about five minutes.
welcome-signin = Already registered?
welcome-signin-note = Sign in with your fingerprint, face or screen lock.
welcome-can-title = What you can do with Meguri
welcome-can-ask = Ask for a hand with shopping, a hospital visit, a phone that will not obey.
welcome-can-offer = Help someone nearby when you have an hour to spare.
welcome-can-thank = Say thank you in words and in points.
welcome-safe-title = Why it is safe
welcome-safe = Everyone here has been checked with their card. Your exact address stays hidden until you have agreed on a job.

## join: the card, once, and a passkey

join-title = Register with your card
join-lead = We check once, with your My Number card, that you are you.
join-need-title = What you need
join-need-card = Your My Number card
join-need-pin = The card’s four-digit PIN
join-need-phone = A phone that can read the card
join-read-title = What we receive from the card
join-read = Your name, address, date of birth and gender. Nothing else.
join-never-title = We never see your My Number
join-never = We never read, ask for or keep the 12-digit number.
join-next-title = How it goes
join-next-card = You go to the card check page and hold your card to the phone.
join-next-passkey = You come back here and make a passkey for next time.
join-start = Go to the card check
join-other-way = If your phone cannot read the card, you can register at the city hall.
join-outcome-cancelled-title = You stopped the card check
join-outcome-cancelled = Nothing was registered. You can start again whenever you like.
join-outcome-issuer-title = The card check did not answer
join-outcome-issuer = Nothing was registered. Please try again in a little while.
join-outcome-unfit-title = Something did not fit
join-outcome-unfit = It may have taken too long, or another window got in between. Nothing was saved. Please start again.
join-outcome-revoked-title = This card is no longer valid
join-outcome-revoked = It has expired or been stopped. The city hall can renew it for you.
join-again = Check the card again
join-back-title = Welcome back
join-back = This card is already registered. Your account is just as you left it.
join-proven = Thank you, { $name }. We have checked that it is you.
join-passkey-title = Make a passkey
join-passkey-lead = From now on you sign in without the card, using your fingerprint, face or screen lock.
join-passkey-what-title = What is a passkey?
join-passkey-what = A key that your device keeps for you. There is no password to remember, and nobody can copy it. Your fingerprint and face never leave the device.
join-passkey-action = Make a passkey
join-passkey-working = Please follow the steps on your device.
join-passkey-failed-title = The passkey was not made
join-passkey-failed = You may have stopped, or it took too long. Your registration is safe. Please try again.
join-passkey-exists = This device already has a passkey. You can go on to sign in.
join-passkey-script = Making a passkey needs JavaScript in your browser.
join-passkey-other = If you cannot use a passkey, come to the city hall or use the TV window. Your registration stays.
join-done-title = You are registered
join-done = Welcome, { $name }. Your passkey is ready; from now on just sign in.
join-done-next = Go to Home
join-done-help = Have a look at Help

## signin and signout

signin-title = Sign in
signin-lead = Use the passkey you made when you registered.
signin-action = Sign in with a passkey
signin-working = Please follow the steps on your device.
signin-failed-title = You are not signed in
signin-failed = You may have stopped, or this passkey is no longer in use. Try again, or present your card.
signin-next = Please sign in to go on. What you have written is kept.
signin-again-title = Please confirm that it is you
signin-again = Before an important step we ask for your passkey once more.
signin-lost-title = If you have lost your passkeys
signin-lost = Present your card again and you can make a new passkey for the same account.
signin-lost-action = Present your card
signin-new = New here? Register with your card.
signin-script = Using a passkey needs JavaScript in your browser.
signin-idle = You were signed out after a while without activity. Please sign in again.
signout-title = Sign out?
signout-action = Sign out
signout-note = You will be signed out on this device. Your account and points stay.
signout-done-title = You are signed out
signout-done = See you again soon.

## home: greeting, the next thing, balance, what is coming, thanks

home-title = Home
home-greeting-morning = Good morning, { $name }
home-greeting-day = Hello, { $name }
home-greeting-evening = Good evening, { $name }
home-next = What to do next
home-why = Why am I seeing this?
home-next-empty = Have a first look at Help
home-next-empty-note = You can ask for a hand or lend one, whenever you feel like it.
home-next-empty-action = Go to Help
home-why-empty = Because you have not asked for or taken on anything yet.
home-next-waiting = Waiting for someone to offer help with “{ $title }”
home-next-waiting-note = We will tell you here. There is nothing you need to do now.
home-next-waiting-action = See your request
home-why-waiting = Because your request is open.
home-next-choose = { $count ->
        [one] One person offers to help you
       *[other] { $count } people offer to help you
    }
home-next-choose-note = Read what they say and choose who you would like.
home-next-choose-action = Choose a helper
home-why-choose = Because somebody answered your request.
home-next-offered = Waiting for { $name } to decide
home-next-offered-note = You offered to help with “{ $title }”. We will tell you here what they decide.
home-next-coming = “{ $title }” is on { TEXT($when) }
home-next-coming-note = With { $name }. If you cannot make it, let them know early.
home-next-coming-action = See the details
home-why-coming = Because the day is near.
home-next-confirm = Is “{ $title }” done?
home-next-confirm-note = When both of you confirm, the points are handed over.
home-next-confirm-action = Confirm that it is done
home-why-confirm = Because the agreed time has passed.
home-next-thank = Say thank you to { $name }
home-next-thank-note = Even one line makes someone’s day.
home-next-thank-action = Say thank you
home-why-thank = Because “{ $title }” is done and you have not thanked them yet.
home-balance = Points you can use now
home-wallet = Go to your wallet
home-coming = Coming up
home-coming-none = Nothing is planned at the moment.
home-thanks = Thanks you received this month
home-thanks-count = { $count ->
        [one] 1 word of thanks
       *[other] { $count } words of thanks
    }
home-thanks-none = When somebody thanks you, you will find it here.

## help: asking and helping

help-title = Help
help-lead = Asking and helping matter just as much.
help-door-ask = I need a hand
help-door-ask-note = Write what you need and see who can help.
help-door-offer = I can lend a hand
help-door-offer-note = Find someone nearby who is waiting for help.
help-mine = What I asked for
help-mine-none = You have not asked for anything.
help-helping = Where I help
help-helping-none = You have not agreed to help with anything.
help-open = Waiting for help
help-open-none = Nobody is waiting for help right now
help-open-none-note = New requests will appear here.
help-phase-open = Looking for a helper
help-phase-offered = Offers received
help-phase-waiting = Waiting for an answer
help-phase-agreeing = Being agreed
help-phase-agreed = Agreed
help-phase-paying = Handing over points
help-phase-paid = Done
help-phase-cancelled = Cancelled
help-phase-expired = Expired
help-category-shopping = Shopping
help-category-forms = Filling in forms
help-category-escort = Company on the way
help-category-phone = Phone and computer
help-category-phone-note = Sending photos, installing apps and so on
help-category-outdoor = Outdoor work
help-category-childcare = Minding children
help-category-visit = A friendly visit
help-category-other = Something else
help-new-title = I need a hand
help-new-lead = People who can help will read this. Your name and exact address stay hidden until you agree.
help-field-category = What kind of help?
help-field-title = In a few words
help-field-title-help = For example: change a light bulb (up to 40 characters)
help-field-details = Details
help-field-details-help = What is at hand, what to watch out for (up to 600 characters). Please leave out phone numbers and addresses.
help-field-area = Which area?
help-field-area-help = Only the person you agree with will see the exact place.
help-field-day = Which day?
help-field-day-help = Today or later.
help-field-from = From
help-field-to = Until
help-field-hours-help = Between 8:00 and 21:00, at least 30 minutes.
help-field-minutes = About how long?
help-field-reward = Points as thanks
help-field-reward-help = Set aside when you agree, handed over when it is done. One point is worth one yen.
help-field-reward-balance = You have { NUMBER($points) } points to use.
help-new-continue = Check your answers
help-check-title = Check before you ask
help-check-lead = If everything is right, press the button below.
help-check-change = Change
help-new-confirm = Ask for help
help-new-done-title = You have asked for help
help-new-done = When somebody offers, we will tell you on Home.
help-new-done-number = Number
help-new-done-next = See your request
help-job-when = When
help-job-where = Where
help-job-who-asks = Asked by
help-job-who-helps = Helper
help-job-reward = Thanks
help-job-fee = { NUMBER($fee) } points of this go towards running the service.
help-job-name-hidden = You will see the name once you have agreed
help-job-progress = Progress
help-stage-done = Done
help-stage-current = Now
help-stage-coming = To come
help-step-asked = Request posted
help-step-offered = Choose a helper
help-step-agreed = Meet on the day
help-step-done = Both confirm it is done
help-step-paid = Points handed over
help-step-thanked = Say thank you
help-turn-offers = Waiting for somebody to offer.
help-turn-choose-you = It is your turn: choose a helper.
help-turn-choose = The person who asked is choosing.
help-turn-agreeing = The points are being set aside. This takes a moment.
help-turn-meet = { $name } will help on { TEXT($when) }.
help-turn-meet-you = You will help { $name } on { TEXT($when) }.
help-turn-confirm-you = When it is over, confirm here that it is done.
help-turn-confirm = Waiting for { $name } to confirm that it is done.
help-turn-paying = The points are being handed over.
help-turn-thank-you = You can say thank you now.
help-turn-finished = All done. Thank you both.
help-turn-cancelled = { $name } cancelled.
help-turn-cancelled-you = You cancelled this.
help-turn-expired = The time passed before a helper was found. You can ask again.
help-turn-short = The agreement did not go through: { NUMBER($missing) } points are missing.
help-offers = Offers
help-offers-count = { $count ->
        [one] 1 offer
       *[other] { $count } offers
    }
help-offers-none = No offers yet.
help-offer-note = A short note
help-offer-note-help = For example: I can come in the morning (up to 120 characters)
help-offer-yours = Your offer
help-offer-done = { $count ->
        [one] Has helped once
       *[other] Has helped { $count } times
    }
help-action-offer = Offer to help
help-action-withdraw = Withdraw my offer
help-action-choose = Choose this person
help-action-choose-named = Choose { $name }
help-action-confirm = It is done
help-action-cancel = Cancel
help-action-thank = Say thank you
help-action-ask-again = Ask again
help-choose-title = Choose { $name }?
help-choose-note = { NUMBER($points) } points will be set aside, and you will see each other’s names.
help-insurance = The city insures you against injury and damage while you help. Safety first; please do not overdo it.
help-confirm-title = Is it done?
help-confirm-note = Once both of you confirm, { NUMBER($points) } points are handed over. This cannot be undone.
help-cancel-title = Cancel this?
help-cancel-note = The other person will be told. Points set aside come back.
help-cancel-reason = Reason
help-cancel-reason-help = The other person will read it (up to 120 characters)
help-cancel-keep = Keep it and go back
help-done-offer-title = You have offered to help
help-done-offer = Please wait until the person has chosen. We will tell you on Home.
help-done-withdraw-title = You have withdrawn your offer
help-done-choose-title = You have chosen { $name }
help-done-choose = { $name } will help you on { TEXT($when) }.
help-done-confirm-title = You have confirmed
help-done-confirm = When { $name } confirms too, the points are handed over.
help-done-confirm-both = The points are handed over. Would you like to say thank you as well?
help-done-cancel-title = Cancelled
help-done-cancel = The other person has been told, and points set aside are back.
help-done-thank-title = Your thanks are on their way
help-done-thank = { $name } can read them now.
help-thank-title = Say thank you to { $name }
help-thank-rating = How was it?
help-rating-5 = Wonderful
help-rating-4 = Good
help-rating-3 = All right
help-rating-2 = A little disappointing
help-rating-1 = Not good
help-thank-message = Your message
help-thank-message-help = One line is plenty (up to 200 characters)
help-thanks-title = Thank you
help-thanks-from = From { $name }
help-thanks-about = “{ $title }”, { TEXT($day) }

## wallet: points

wallet-title = Wallet
wallet-balance = Points you can use
wallet-unit = points
wallet-held = Set aside
wallet-held-note = Another { $points } points are set aside for jobs you have agreed.
wallet-held-none = Nothing is set aside.
wallet-account = Your account number
wallet-account-help = Give this number to someone who wants to send you points.
wallet-statement = Statement
wallet-statement-none = Nothing here yet
wallet-statement-none-note = Points you receive and give will be listed here.
wallet-statement-more = Show earlier entries
wallet-line-granted = Granted by the city
wallet-line-reward = Thanks for helping
wallet-line-thanked = Thanks to a helper
wallet-line-fee = Service fee
wallet-line-paid = Paid
wallet-line-received = Received
wallet-line-held = Set aside
wallet-line-released = No longer set aside
wallet-line-balance = { NUMBER($points) } points left
wallet-in = in
wallet-out = out
wallet-pay = Pay
wallet-pay-title = Pay
wallet-pay-lead = Enter the other person’s account number to give them points.
wallet-pay-to = Their account number
wallet-pay-to-help = 26 characters; they can find it on their Wallet page.
wallet-pay-amount = How many points
wallet-pay-amount-help = One point is worth one yen.
wallet-pay-continue = Check your answers
wallet-pay-check-title = Check before you pay
wallet-pay-check-after = Points left afterwards
wallet-pay-action = Pay
wallet-pay-done-title = You have paid
wallet-pay-done = You gave { NUMBER($points) } points. You have { NUMBER($rest) } left.
wallet-pay-number = Number
wallet-short = You need { NUMBER($missing) } more points.

## office: officers and administrators

office-title = City office
office-grant-title = Grant points
office-grant-lead = Grant points from a budget to one resident.
office-grant-budget = Budget
office-grant-rest = Budget remaining
office-grant-person = Person number
office-grant-person-help = 26 characters, shown on the resident’s Me page.
office-grant-amount = Points to grant
office-grant-reason = Reason
office-grant-reason-help = The resident and the auditors will read it (up to 80 characters)
office-grant-continue = Check your answers
office-grant-check-title = Check before you grant
office-grant-action = Grant
office-grant-done-title = Points granted
office-grant-done = { NUMBER($points) } points granted. The budget has { NUMBER($rest) } left.
office-grant-done-number = Record number
office-grant-another = Grant to another person
office-invite-title = Invite staff
office-invite-lead = Choose roles, make a link and hand it over in person. It works once, until { TEXT($until) }.
office-invite-roles = Roles
office-invite-action = Make an invitation link
office-invite-done-title = Invitation link made
office-invite-accept-title = Join { $town } as staff
office-invite-accept = Roles: { $roles }
office-invite-name = Your name
office-invite-accept-action = Register and make a passkey
office-invite-used-title = This invitation cannot be used
office-invite-used = It has been used or has expired. Please ask for a new link.
office-role-officer = City officer
office-role-operator = Operator
office-role-auditor = Auditor
office-role-administrator = Administrator

## me: oneself

me-title = Me
me-name = Name
me-address = Address
me-birthday = Date of birth
me-number = Your number
me-number-help = Tell the city office this number when they grant you points.
me-proof = Checked with the card on
me-passkeys = Passkeys
me-passkeys-count = { $count ->
        [one] 1 passkey
       *[other] { $count } passkeys
    }
me-passkey-add = Add a passkey
me-roles = Roles

## error: whole pages

error-home = Go to Home
error-back = Go back
error-forbidden-title = You cannot see this page
error-forbidden = It is for people with a certain role. If you should have it, please ask an administrator.
error-missing-page-title = Page not found
error-missing-page = It may have moved or gone. Please start from Home.
error-large-title = That is too large
error-large = Nothing was saved. Please make it shorter and send it again.
error-many-title = Please wait a moment
error-many = There were many tries in a short time. Wait about { NUMBER($seconds) } seconds and try again. Nothing was lost.
error-ours-title = Something went wrong
error-ours = It is our fault, and nothing was lost. Please try again in a little while.
error-form-title = Please send it once more
error-form = The page had been open for a long time, so we ask you to confirm. What you wrote is kept.
error-offline-title = You are offline
error-offline = Try again when you are connected. What you wrote is kept.

## error: fields

error-summary-title = { $count ->
        [one] There is 1 thing to put right
       *[other] There are { $count } things to put right
    }
error-missing = Fill in “{ TEXT($label) }”.
error-missing-choice = Choose an answer for “{ TEXT($label) }”.
error-too-long = “{ TEXT($label) }” can be up to { NUMBER($max) } characters. It is now { NUMBER($got) }.
error-control = “{ TEXT($label) }” has a character that cannot be used. Please type it again.
error-not-number = “{ TEXT($label) }” must be a whole number, for example 500.
error-not-date = “{ TEXT($label) }” must be a real date, for example 2026-11-21.
error-not-time = “{ TEXT($label) }” must be a time, for example 14:00.
error-not-number-code = Check “{ TEXT($label) }”. It has 26 characters.
error-unknown-choice = Choose “{ TEXT($label) }” from the list.
error-past-date = That day has passed. Choose today or later.
error-far-date = That is too far ahead. Choose a day up to { TEXT($last) }.
error-past-window = That time has passed. Choose a later one.
error-window-order = The end must be after the start.
error-window-short = Leave at least { NUMBER($minutes) } minutes between start and end.
error-outside-hours = Choose a time between { NUMBER($from) }:00 and { NUMBER($to) }:00.
error-area-unknown = We do not know that area. Please choose one from the list.
error-category-unknown = Choose a kind of help from the list.
error-reward-zero = Offer at least one point as thanks.
error-reward-large = The most you can offer is { NUMBER($max) } points.
error-amount-zero = Enter at least one point.
error-amount-large = Enter { NUMBER($max) } points or fewer.
error-account-unknown = We cannot find that account. Please check the number.
error-person-unknown = We cannot find that person. Please check the number.
error-rating-missing = Choose how it was.

## error: refusals, each with what to do

error-short = You are { NUMBER($missing) } points short. Offer fewer, or ask again when you have more.
error-short-budget = The budget is { NUMBER($missing) } points short.
error-same-account = You cannot pay yourself.
error-own-grant = You cannot grant points to yourself. Please ask a colleague.
error-already-chosen = A helper has already been chosen. Here is how things stand.
error-already-offered = You have already offered. Please wait for an answer.
error-own-request = You cannot take on your own request.
error-not-yours = This belongs to somebody else.
error-not-open = This is no longer open. Here is how things stand.
error-offers-full = There are already enough offers for this one.
error-requests-full = You can have up to { NUMBER($max) } open requests. Ask again when one is finished.
error-too-early = It is not the day yet. Please confirm on the day.
error-already-confirmed = You have already confirmed.
error-confirmed-no-cancel = Somebody has already confirmed, so this cannot be cancelled. The city office can help.
error-already-thanked = You have already said thank you.
error-offer-gone = That offer was withdrawn. Please choose somebody else.
error-job-unknown = We cannot find that request.
error-level = This step needs your passkey.
error-card-needed = Help is for people who have registered with their card.
error-not-allowed = You do not have the role for this.
error-reused = This looks like something you sent before. Please check how things stand.
error-changed = Things changed in the meantime. Here is how they stand now.

## town and co-help: what their pages say besides

home-next-passkey = Make a passkey
home-next-passkey-note = With a passkey you can use Help and your wallet, and you no longer need the card.
home-next-passkey-action = Make a passkey
home-why-passkey = Because you came in with the card and have not used a passkey yet.
home-next-coming-plain = If you cannot make it, let them know early from the page of the job.
home-next-thank-plain = Say thank you for “{ $title }”
home-next-offered-plain = Waiting for an answer about “{ $title }”
home-next-offered-plain-note = You offered to help. We will tell you here what they decide.
home-why-offered = Because you offered to help and there is no answer yet.
home-next-earn = Would you like to help somebody first?
home-next-earn-note = With the points you receive as thanks, you can ask for help in turn.
home-next-earn-action = I can lend a hand
home-why-earn = Because you have no points to use and nothing planned yet.
home-next-office = Start your work at the city office
home-next-office-note = Grant points and invite staff.
home-next-office-action = Open the city office
home-why-office = Because you are registered as staff.
home-why-coming-list = Because you asked for it or agreed to help.
home-why-balance = This is what is in your wallet now.
home-why-open = Because somebody is waiting, and you could help.
home-why-thanks = Written to you this month by people you met through Help.
home-open-all = See everything that waits for help
home-thanks-all = See the thanks
help-other-person = the other person
help-you = You
help-person = { $name }
help-when-where = { TEXT($when) }, { TEXT($area) }
help-phase-declined = No longer open
help-phase-confirming = Being confirmed
help-phase-cancelling = Being cancelled
help-phase-confirm-you = Is it done?
help-phase-thank-you = Not thanked yet
help-turn = Next
help-turn-offer-you = If you can help, please offer.
help-turn-returning = The points are coming back. This takes a moment.
help-turn-declined = This one is no longer open. Thank you for offering.
help-turn-lapsed = The two of you did not both confirm in time, so the points went back.
help-turn-expired-other = The time passed before anything was agreed.
help-turn-reason = Reason: { $reason }
help-step-aside = Points set aside
help-step-confirmed = Confirmation by: { TEXT($who) }
help-step-thanks = Thanks from: { TEXT($who) }
help-step-cancelled = Cancelled
help-step-lapsed = Time to confirm is over
help-step-back = Points go back
help-step-expired = Time is over
help-step-by = { TEXT($who) }, { TEXT($when) }
help-job-about = What it is about
help-job-kind = Kind of help
help-job-details-hidden = Only the helper will see this, once you have agreed
help-job-reward-split = { TEXT($reward) } ({ TEXT($helper) } to the helper, { TEXT($fee) } to run the service)
help-choose-what = If you choose them, { NUMBER($points) } points will be set aside. The helper will see the details and your name.
help-confirm-what = Once both of you confirm, { NUMBER($points) } points go to the helper. This cannot be undone.
help-cancel-open = If plans have changed
help-cancel-what = Your request will be closed. No points have been used.
help-withdraw-title = If you can no longer help
help-withdraw-note = You can withdraw until somebody is chosen.
help-offer-title = Can you help?
help-offer-lead = The person who asked will see your name and note and choose. The thanks are { NUMBER($points) } points.
help-offer-withdrawn = Withdrawn
help-offer-chosen = Chosen
help-offer-declined = Not this time
help-done-withdraw = The person who asked no longer sees it. You cannot offer again for this one.
help-done-choose-waiting = The points are being set aside. Then it is agreed.
help-done-paid-title = Both of you have confirmed
help-done-paying = The points are on their way and will arrive in a moment.
help-done-cancel-open = Your request is closed. Your points are untouched.
help-done-cancel-returning = The other person has been told. The points set aside will be back in a moment.
help-refused-title = That did not work this time
help-not-chosen-title = It could not be agreed
help-ask-lead = Everyone who can help sees the few words, area, time and thanks. Only the person you choose reads the details.
help-field-details-private = The place, what is at hand, what to watch out for. Only the person you choose reads this (up to 600 characters).
help-field-hours = Between { NUMBER($from) }:00 and { NUMBER($to) }:00, at least 30 minutes.
help-field-minutes-unit = About how many minutes?
help-field-minutes-help = A number, for example 60. If you leave it empty, we say the whole time.
help-field-reward-share = Handed over when it is done; { NUMBER($percent) } % of it helps to run the service. One point is worth one yen. Up to { NUMBER($max) } points.
help-ask-no-points-title = You have no points to use now
help-ask-no-points = Help somebody, or receive points at the city office, and you can ask.
help-check-name = Check your answers
help-check-note = You have not asked yet. If everything is right, press “Ask for help”.
help-check-cost = When it is agreed, { NUMBER($reward) } points are set aside from your wallet. { NUMBER($rest) } points are left.
help-check-helper = The helper receives
help-check-fee = Running the service
help-offers-lead = Choose something you can help with. Nothing is settled until you are chosen.
error-in-progress = The points are being moved. Please wait a moment and try again.
error-not-agreed = There is no agreement at the moment. Here is how things stand.
error-not-paid = You can say thank you once the points have been handed over.
error-too-late = The time to confirm is over and the points went back. The city office can help.
error-far-days = Choose a day within the next { NUMBER($days) } days.
error-window-too-short = Leave more time between start and end than the help will take.
error-minutes-long = The help can take up to { TEXT($longest) }, the time from start to end.
error-minutes-zero = The help must take at least one minute.
error-stale = We check every form before it is sent, to keep you safe. Nothing was saved. Open the page before this one again and send it once more.
error-way-title = This page cannot be opened like that
error-way = Nothing has changed. Please start from Home.
error-forbidden-person = Only staff or the people who agreed on it can see this page.
help-job-minutes = How long
help-job-details = Details
help-thank-rating-helper = How was it to help?
