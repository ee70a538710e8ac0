### The words of Onedoor in English. Same keys as vi.ftl, which leads; a test compares the two.

## Common
app-name = Onedoor
title-wrong = Error: { $title }
sample-data = Sample data
cancel = Cancel
close = Close
undo = Undo
more = Add
retry = Try again
reference = Reference: { $ref }

## Places of work
place-receive = Receive
place-filings = Filings
place-sync = Sync
place-office = Office
rail-label = Places
rail-find = Find
rail-keys = Keys
status-label = Status
aside-label = Beside the page
aside-paper = Paper
aside-hide = Put the paper away

## Status bar
status-here =
    { $n ->
        [one] 1 filing on this machine
       *[other] { $n } filings on this machine
    }
status-here-title = Filings that are only on this machine, not yet at the centre
status-contact = Centre: { $at }
status-contact-never = Centre: not reached yet
status-attention =
    { $n ->
        [one] 1 item needs attention
       *[other] { $n } items need attention
    }
status-attention-none = Nothing needs attention
status-disk = The disk takes nothing
status-disk-draft = The disk takes nothing, the draft is not kept
disk-full = The disk is full; this machine can store nothing more
disk-refuses = The disk refuses to be written
disk-safe = Filings that were received are safe on this machine.
disk-draft = What is being typed is only on the screen: do not switch the PC off, do not close the window; another user cannot sign in yet.
disk-room = { $free } are free, about { $needed } are needed. Free some space on the disk, then press the same key again.
disk-room-unknown = About { $needed } have to be free. Free some space on the disk, then press the same key again.
disk-call = { $free } are free and the disk still takes nothing: ask your support to look at the disk, then press the same key again.
disk-may-go = { $n ->
    [one] { $n } file
   *[other] { $n } files
} ({ $bytes }) are at the provincial system already: letting them go from this PC makes room at once.
disk-again = The disk can be written again.
status-switch = Switch user
status-switch-title = Lock and let someone else sign in; the filing being typed is kept
ago-now = just now
ago-minutes = { $n } min ago
ago-hours = { $n } h ago
at-time = at { $time }

## The three places a filing can be
where-this-machine = on this machine
where-office = at the office
where-centre = at the centre

## Status of a filing
filing-status-draft = Draft
filing-status-received = Received
filing-status-transferred = Transferred
filing-status-being-solved = Being solved
filing-status-supplement-asked = Awaiting supplement
filing-status-result-ready = Ready to hand over
filing-status-handed-over = Handed over
filing-status-refused = Refused
filing-status-stopped = Stopped
filing-status-withdrawn = Withdrawn
filing-status-other = In progress

## Days of the week
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday

## Sign-in
sign-in-title = Who is working?
sign-in-demo = Sample office: pick a name to enter, no password needed.
sign-in-pick = Pick your name
sign-in-password = Password
sign-in-act = Sign in
sign-in-other = Pick another name
sign-in-forgot = Forgotten password
sign-in-offline = Signing in needs no network. The data on this machine is encrypted and opens only when someone signs in.
sign-in-draft = Each person’s unfinished filing is kept.
role-clerk = Counter clerk
role-supervisor = Supervisor
role-admin = Administrator
recover-title = Open with the recovery paper
recover-lead = Type the code on the recovery paper and set a new password for { $name }.
recover-code = Recovery code
recover-password = New password
recover-act = Set password and sign in
clock-title = Is today { $day }, { $time }?
clock-lead = The machine has started without a network. This date and time go on the receipt, so someone must confirm them.
clock-empty-title = What day is it today?
clock-empty = The machine’s clock cannot be trusted. Please type the right date and time.
clock-date = Date
clock-time = Time
clock-confirm = Yes, continue
clock-behind = This is earlier than the last thing recorded ({ $last }). If it is right, confirm once more.
clock-far = This is more than 31 days after the last thing recorded ({ $last }). If it is right, confirm once more.
clock-confirm-again = It is right, confirm again

## First start
first-title = Start using this machine
first-lead = The first person is the administrator: adds others, resets passwords, enrols the machine in its office.
first-name = Full name
first-password = Password
first-password-hint = At least 8 characters. A short sentence you remember beats a difficult word.
first-act = Create and continue
first-step = Step { $n } of { $of }
recovery-title = Recovery paper
recovery-lead = This code is shown once. Whoever holds the paper can open this machine’s data when the password is forgotten: print it, put it in an envelope, keep it in the safe.
recovery-open = Open to print
recovery-picture = Picture of the recovery paper
recovery-typed = Type the last group of the code, to be sure the paper can be read
recovery-typed-wrong = This is not the last group of the code. Look at the paper again.
recovery-act = Paper is stored, continue
enrol-title = Enrol this machine
enrol-lead = The machine gets the office’s name, its counter and its range of numbers from the centre. Ask the centre’s administrator for an enrolment code or a ticket file.
enrol-way = How to enrol
enrol-by-code = With a one-time code
enrol-by-ticket = With an enrolment ticket
enrol-centre = Address of the centre
enrol-code = Enrolment code
enrol-code-hint = The code works once, within 24 hours.
enrol-ticket = Text of the enrolment ticket
enrol-ticket-hint = Open the ticket file, copy all of it and paste it here.
enrol-act = Enrol this machine

## Damage page
damage-damaged = This machine’s data file is damaged
damage-newer-schema = The data was written by a newer Onedoor
damage-foreign-store = This data belongs to another machine
damage-missing = This machine’s data file is not there
damage-broken-chain = This machine’s journal does not hold together
damage-in-use = Onedoor is open in another window
damage-disk = The disk is full or cannot be written
damage-damaged-act = Delete nothing. Call support, read out the reference, then restore the latest backup.
damage-newer-schema-act = Install the newest Onedoor on this machine and open it again.
damage-foreign-store-act = Put back this machine’s own data folder. Never copy data from one machine to another.
damage-missing-act = Put the data file back in its place, or restore the latest backup.
damage-broken-chain-act = Do no more work on this machine. Call support and read out the reference.
damage-in-use-act = Go to the open window, or close it and open again.
damage-disk-act = Free some space on the disk and open again.
damage-safe = Nothing was deleted or overwritten. These files were kept:
damage-nothing-kept = Nothing was deleted or overwritten.

## Receive: idle
receive-title = Receive a filing
procedure-label = Procedure
procedure-hint = Type a name without accents, a code or a nickname: “ks”, “ket hon”, “1.004222”
procedure-none = No procedure matches. Try another word or the procedure’s code.
procedure-recent = Used lately
procedure-change = Change procedure
counts-label = Today’s work
count-due-today = Due today
count-ready = Ready to hand over
count-supplement = Awaiting supplement
count-not-at-centre = Not yet at the centre
last-filings = The last five filings
next-in-line =
    { $n ->
        [one] { $n } filing received today · next is number { $next }
       *[other] { $n } filings received today · next is number { $next }
    }
last-none = No filing received today. Choose a procedure to begin.
look-ups-open =
    { $n ->
        [one] { $n } document still to look up
       *[other] { $n } documents still to look up
    }
last-none-hint = Choose a procedure to begin a filing
kept-person = Same person again
kept-person-drop = Let go of this person

## Receive: at work
section-person = Applicant
section-papers = Required documents
section-own = Request
section-fee = Fee
section-give-back = Giving back
section-open = Open to change
field-name = Full name
field-birth = Date of birth
field-birth-hint = Day, month/year, or the year alone
field-sex = Sex
sex-male = Male
sex-female = Female
field-id-number = Personal number
field-address = Address
field-phone = Telephone
field-email = E-mail
field-sets = Sets
field-copies = Copies asked for
field-content = What is asked for
field-content-hint = Left empty, the procedure’s title is written
duplicate-title =
    { $n ->
        [one] 1 open filing of this person for the same procedure
       *[other] { $n } open filings of this person for the same procedure
    }
papers-progress =
    { $all ->
        [one] { $done } of { $all } document
       *[other] { $done } of { $all } documents
    }
papers-complete =
    { $n ->
        [one] { $n } document, complete
       *[other] All { $n } documents
    }
papers-usual-all = All as usual
papers-keys = On a row: 1 original · 2 copy · 3 certified · 4 shown · 5 from database · 6 not reachable · 0 missing · + − copies · Space: as usual
paper-state = State
paper-state-none = Not noted
paper-state-original = Original
paper-state-copy = Copy
paper-state-certified = Certified copy
paper-state-shown = Shown
paper-state-from-database = From database
paper-state-not-reachable = Not reachable
paper-state-missing = Missing
paper-copies = Copies
paper-more = One more
paper-fewer = One fewer
paper-only-when = { $when }
paper-asks = originals: { $originals }, copies: { $copies }
paper-asks-choice = originals: { $originals }, or copies: { $copies }
paper-asks-originals =
    { $n ->
        [one] 1 original
       *[other] { $n } originals
    }
paper-asks-copies =
    { $n ->
        [one] 1 copy
       *[other] { $n } copies
    }
paper-asks-shown = shown, not kept
paper-reason = Why it could not be looked up
paper-reason-hint = For example: no network, nothing found in the database
own-sets =
    { $n ->
        [one] 1 set
       *[other] { $n } sets
    }
own-copies =
    { $n ->
        [one] 1 copy
       *[other] { $n } copies
    }
own-as-title = request as in the procedure’s title
fee-free = Free of charge
fee-on-time = Free when registered in time
fee-set-by-province = As set by the province’s council
fee-each = { $each } a copy
fee-copies-first = Type the number of copies to compute it
give-back-at-counter = At the counter
give-back-by-post = By post
give-back-electronic = Electronically
give-back-question = The citizen gets the result
receive-act = Receive and print
receive-keep-act = Receive, keep the person
receive-busy = Storing…
draft-kept = Kept { $time }
draft-not-kept = Could not be kept on disk; it is still on the screen
draft-clear = Clear draft
draft-cleared = Draft cleared.
wrong-count =
    { $n ->
        [one] 1 field needs a correction
       *[other] { $n } fields need a correction
    }
preview-title = As it will print
preview-alt = Picture of the receipt as it will print, with what was typed
preview-wait = Choose a procedure and the paper shows here.
preview-fail = The paper could not be drawn. Receiving still works.
preview-actual = Actual size
preview-fit = Fit

## Due date
due-title = Due date
due-unknown = The due date cannot be computed: check the procedure.
due-strip-label = From the day of receipt to the due date
due-same-day = Given back the same day, before the office closes.
due-same-day-next = Received after 15:00, so given back on the next working day.
due-same-day-off = Received on a day off, so given back on the next working day.
due-working-days =
    { $n ->
        [one] 1 working day, counted from the working day after receipt.
       *[other] { $n } working days, counted from the working day after receipt.
    }
due-days =
    { $n ->
        [one] 1 day, counted from the day after receipt.
       *[other] { $n } days, counted from the day after receipt.
    }
due-months =
    { $n ->
        [one] 1 month from the day of receipt.
       *[other] { $n } months from the day of receipt.
    }
due-hours =
    { $n ->
        [one] 1 working hour.
       *[other] { $n } working hours.
    }
due-starts-next = Received after 15:00: counted as received on the next working day.
due-off-one = { $day } is not counted ({ $why }).
due-off-weekend = weekend
due-off-some =
    { $n ->
        [one] { $n } day off is not counted: { $list }.
       *[other] { $n } days off are not counted: { $list }.
    }
due-moved = The last day, { $day }, is a day off, so it moves to the next working day.
due-unpublished = The calendar of that year is not published yet: this date will be looked at again.
due-cell-received = { $day }: day of receipt
due-cell-counted = { $day }: day { $n }
due-cell-off = { $day }: off, { $why }
due-cell-waiting = { $day }: not counted yet
due-cell-due = { $day }: due
chip-due-today = Due today
chip-late = Overdue
chip-official = Official number { $code }
chip-provisional = Provisional
numbering-title = This filing has a provisional number
numbering-can = Give it an official number of this counter, then print the receipt again. The provisional one is still found.
numbering-wait = This machine has no numbers for today. The paper given out stays valid; the official number is given here once there are numbers again, or comes from the centre.
numbering-act = Give the official number
numbering-done = Number { $official } is given. Print the receipt again.
chip-counter = Received at { $counter ->
    [none] another counter
   *[other] { $counter }
}

## After receiving
received-title = Received
received-said = Filing { $code } received, due { $due }
received-for = { $name } · { $title }
received-due = Due
received-print = Print again
received-open = Open PDF
received-view = Look at the filing
print-printing = Printing…
print-printed = The receipt is printed
print-no-printer = No printer is chosen. The filing is stored; open the PDF to print.
print-unreachable = The printer does not answer. The filing is stored; open the PDF to print.
print-refused = The printer refused. The filing is stored; check its paper and print again, or open the PDF.
open-failed = The PDF could not be opened on this machine. Ask support to check its PDF reader.
open-done = The PDF is open
receipt-pending = The receipt is being made. The filing is stored.

## Filings
filings-title = Filings
filings-find = Find a filing
filings-find-hint = Name without accents, dossier code, personal number, telephone
filings-filter = Filter
filter-all = All
filter-today = Received today
filter-due-today = Due today
filter-overdue = Overdue
filter-result-ready = Ready to hand over
filter-supplement-asked = Awaiting supplement
filter-not-at-centre = Not yet at the centre
filings-table = List of filings
column-code = Dossier code
column-applicant = Applicant
column-procedure = Procedure
column-due = Due
column-place = Where
column-lines = Lines
column-bytes = Size
column-state = State
filings-none = No filing matches.
filings-none-act = Show all
filings-shown =
    { $n ->
        [one] 1 filing
       *[other] { $n } filings
    }
filings-cut =
    { $n ->
        [one] The newest filing; type to find older ones
       *[other] The newest { $n } filings; type to find older ones
    }
filing-pick = Choose a filing in the list and press Enter to open it here.
filing-received-by = Received by { $clerk }, { $at }
filing-papers = Required documents
look-up-found = Found
look-up-missing = Missing
look-up-note = Note (optional)
look-up-to-found = Change to: Found
look-up-to-missing = Change to: Missing
looked-up-found = Found
looked-up-missing = Not found
look-ups-table = Documents to look up
look-ups-shown =
    { $n ->
        [one] { $n } document to look up
       *[other] { $n } documents to look up
    }
look-ups-cut =
    { $all ->
        [one] { $n } of { $all } document to look up, the soonest due first
       *[other] { $n } of { $all } documents to look up, the soonest due first
    }
look-ups-none = No document is left to look up.
look-up-column-paper = Document
look-up-column-reason = Reason
look-up-column-since = Since
filing-next = What comes next
act-word-transfer = Transfer to the unit
act-word-take-up = Begin to solve
act-word-ask-supplement = Ask for more
act-word-supplement = What was lacking is here
act-word-arrive = The result is here
act-word-hand-over = Hand over
act-word-refuse = Refuse
act-word-stop = Stop on request
act-word-withdraw = The citizen withdraws
act-word-extend = Apologise, set a later day
act-word-take-back = Take back the last step
act-word-correct = Correct and re-issue
act-word-other = Another act
act-reason = Reason
act-came = What was brought
act-came-hint = The term is counted anew from now; the receipt is drawn anew with the new day.
act-head = Approved by
act-head-password = Password of whoever approves
act-head-hint = Whoever approves types it here themselves.
act-head-none = Nobody in charge can sign in on this machine. Add them on the Office page.
slip-act-items = What has to be added or put right, a line each
slip-act-items-hint = The law lets an office ask once: name all of it.
slip-act-add = Add
slip-act-returned = Papers given back, a line each
slip-act-reason-stop = Why the citizen asks to stop
slip-act-reason-apology = Why it is late
slip-act-day = The new day
slip-act-day-hint = Promised until now: { $day }. A later day can be set once.
slip-act-do = Do it and print the slip
slip-act-print = Print the slip
filing-slips = Slips given out
filing-superseded = Receipts that were replaced
filing-superseded-line = Drawn { $at }
correcting-title = Correcting filing { $code }
correcting-text = Its number and the time of receiving stay; a new receipt replaces the old one. What you were typing waits and comes back.
correcting-reason = Why it is corrected
correcting-end = Leave it as it is
correcting-act = Correct and print
correcting-done = Corrected; the new receipt replaces the old one
changed-line = { $what }: { $before } → { $after }
changed-nothing = (empty)
changed-procedure = Procedure
changed-name = Name
changed-birth = Birth
changed-id-number = ID number
changed-address = Address
changed-phone = Telephone
changed-submitter = Submitter
changed-papers = Papers
changed-content = Matter
changed-fields = Own fields
changed-due = Due
changed-fee = Fee
changed-give-back = How it is given back
changed-other = Other
filing-slip-line = { $name } no. { $n }
act-shut = Leave it
act-done = { $code }: { $status }
taker-right = Who takes the result
taker-applicant = Applicant
taker-submitter = Submitter
taker-authorised = Authorised person
taker-other = Somebody else
taker-name = Taker’s name
taker-authority = Authorising paper
taker-authority-hint = Kind, number and date
taker-number = Number on the taker’s paper
taker-number-hint = Typed once the paper was seen; compared with the filing
filing-time-line = What happened
filing-receipt = Receipt
filing-receipt-alt = Picture of the stored receipt of filing { $code }
filing-receipt-none = The receipt is being made; the filing is stored.
filing-receipt-elsewhere = The receipt is at the counter that received the filing.
filing-receipt-bring = Bring it here
filing-receipt-coming = Asked of the provincial system: the receipt shows as soon as it is here.
filing-receipt-later = Noted: the receipt comes with the next contact with the provincial system.
filing-receipt-let-go = The receipt is at the provincial system; this PC let go of its copy on { $day }. Press “Bring it here” to get the same paper back; that needs a contact.
filing-receipt-not-sent = That counter has not sent the receipt yet. Try again later.
filing-print = Print receipt
filing-hash = Journal mark { $hash }
time-line-received = Received
time-line-form-rendered = Receipt made
time-line-printed = { $form ->
    [supplement] Supplement slip printed
    [refusal] Refusal printed
    [apology] Apology printed
    [stop] Notice of stopping printed
   *[other] Receipt printed
}
time-line-slip = { $form ->
    [supplement] Supplement slip no. { $number }
    [refusal] Refusal no. { $number }
    [apology] Apology no. { $number }
   *[other] Notice of stopping no. { $number }
}
time-line-due-anew = Complete: due { $due }
time-line-due-later = A later day: due { $due }{ $head ->
    [none] { "" }
   *[other] , approved by { $head }
}
time-line-reissued = Brought again from this machine’s old journal
time-line-opened = Opened as PDF
time-line-corrected = Corrected: { $reason }
time-line-sent = At the centre
time-line-numbered = Given the official number { $official }
time-line-code-bound = Bound to code { $official } of another system
time-line-looked-up-found = Found in the database: { $name }
time-line-looked-up-missing = Not in any database, to be handed in: { $name }
time-line-status = { $status }{ $given ->
    [true] . { $reason }
   *[false] { "" }
}{ $head ->
    [none] { "" }
   *[other] . Approved by { $head }
}
time-line-handed-over = { $right ->
    [applicant] Result handed to { $taker }
    [submitter] Result handed to { $taker } (submitter)
   *[other] Result handed to { $taker } by { $authority }
}
time-line-decided = The unit in charge: { $status }{ $given ->
    [true] . { $reason }
   *[false] { "" }
}
time-line-decided-against = The unit in charge: { $status }, when the counter had ended the filing{ $given ->
    [true] . { $reason }
   *[false] { "" }
}
time-line-other = Changed

## Sync
sync-title = Sync
sync-here = filings only on this machine
sync-here-none = All filings of this machine are at the centre.
sync-here-amount =
    { $lines ->
        [one] 1 journal line · { $bytes }
       *[other] { $lines } journal lines · { $bytes }
    }
sync-office = This office has no hub yet.
sync-centre = filings there, confirmed
sync-link = Connection
link-unknown = Not tried since the start
link-offline = No network. Work goes on as usual; filings are sent when it is back.
link-portal = The network asks for a login. Sign in to it with a browser, then send again.
link-server-down = There is a network, but the centre does not answer. The machine will try again.
link-online = The centre can be reached
link-refused = The centre refuses this machine. The filings are safe here; call support.
link-fork = The centre holds another journal than this machine. Call support before going on.
link-locked = Nobody has signed in since the start, so nothing can be sent.
link-not-enrolled = This machine is not enrolled, so filings stay on it.
sync-last = Last contact
sync-next = Next try
sync-next-in =
    { $n ->
        [one] in 1 second
       *[other] in { $n } seconds
    }
sync-never = never
sync-to = Sent to
sync-here-papers = { $n ->
    [one] { $n } PDF or scan
   *[other] { $n } PDFs and scans
} · { $bytes }
sync-sending-papers = Sending PDFs and scans, { $n } to go
sync-pause = Pause sending
sync-resume = Resume sending
sync-paused = Sending is paused
sync-paused-text = Filings are received as usual and kept on this machine. Press “Resume sending” to send them to the provincial system.
sync-when = When PDFs and scans are sent
sync-when-text = The data of filings, and papers of filings due today or tomorrow, are always sent at once. Only other PDFs and scans wait on this machine.
sync-when-always = At once
sync-when-province = In the hours that the province set
sync-when-hours = Only within hours
sync-when-metered = Keep them here: the line is paid by the amount of data
sync-hours-problem = Enter a time such as 17:00; the two must differ.
sync-hours-from = From
sync-hours-to = To
sync-wait-metered = PDFs and scans are waiting: the line is paid by the amount of data. Choose “At once” when you have another line.
sync-wait-hours = PDFs and scans wait until { $time }.
kept-title = Papers kept on this PC
kept-text = Papers of filings that are over may leave this PC once the provincial system has confirmed that it has them whole. When one is needed, open its filing and bring the same paper back.
kept-days = Days to keep them after a filing is over
kept-days-hint = 0 keeps all. The PC does this by itself once a day.
kept-days-problem = Enter a number of days from 0 to 3650.
kept-by-province =
    { $n ->
        [0] Set by the province: this PC keeps all papers.
        [one] Set by the province: { $n } day after a filing is over.
       *[other] Set by the province: { $n } days after a filing is over.
    }
kept-by-office =
    { $n ->
        [0] This PC keeps all papers.
        [one] Kept for { $n } day after a filing is over.
       *[other] Kept for { $n } days after a filing is over.
    }
kept-may = May go now: { $n ->
    [one] { $n } file
   *[other] { $n } files
} · { $bytes }
kept-may-none = No file may go at present.
kept-gone = Let go, now only at the provincial system: { $n ->
    [one] { $n } file
   *[other] { $n } files
} · { $bytes }
kept-act = Let go of what the provincial system has
kept-stop = Stop
kept-going = Letting files go: { $done } of { $total }
kept-failed = Nothing could be let go: free a few MB elsewhere on the disk, then press again.
kept-done = { $n ->
    [one] { $n } file
   *[other] { $n } files
} let go; { $bytes } are free again on this PC.
sync-act = Send now
sync-act-denied = Only someone with the right to send may press this. The machine still sends by itself.
sync-sending = Sending line { $done } of { $total }
messages = Messages of the provincial system
message-of = { $who }, { $at }
message-from = Message of { $who }
message-read = I have read it
message-whole = Read all of it
messages-more = { $n } more
sync-catching-up = Receiving older work of the counters
sync-catching-up-of = { $done } of { $total }
sync-scan-hours = Scans are sent
sync-scan-hours-of = { $from } to { $to }
sync-numbers-until = This counter’s numbers last until
sync-attention = Needs attention
sync-attention-none = Nothing needs attention.
renewal-title = Enrol this machine anew
renewal-lead = This machine may not use its old numbers any more. Call the administrator of the provincial system: the old workstation is revoked and this counter gets a new code. Type it here. The filings on this machine stay, and the old journal is kept as evidence.
renewal-act = Enrol anew
renewal-denied = The supervisor signs in on this machine to enrol it anew.
salvage-title = On this machine only
salvage-lead = The old journal of this machine has filings that the provincial system lacks. Compare them with the papers, then bring them again: the numbers on paper stay, and both traces are kept.
salvage-received = Received
salvage-hash = Code on paper
salvage-same-number = Same number as another filing
salvage-others =
    { $n ->
        [one] 1 other journal line (a sign-in, a slip, a sheet) goes with them.
       *[other] { $n } other journal lines (sign-ins, slips, sheets) go with them.
    }
salvage-act = Bring all again
salvage-done =
    { $n ->
        [one] 1 line of the old journal was brought again
       *[other] { $n } lines of the old journal were brought again
    }
salvage-not-compared = This machine is comparing with the provincial system. The list comes once it has read everything.
numbers-title = Numbers of this counter
numbers-lead = These numbers are below the last one of their day and no filing has them: they may stand on a paper that never reached the provincial system. If the paper is found, type it in from the paper; if the number was never given out, void it and say why.
numbers-missing = Not accounted for
numbers-voided = Voided today
numbers-code = Dossier number or provisional number (T-…), or scan the QR on the paper
numbers-how = Explain
numbers-found = It is on a paper
numbers-void = Never given out: void it
numbers-form-number = The form’s own number on the paper
numbers-form-number-hint = The number after “Số:” at the top left of the paper.
numbers-reason = Why it is voided
numbers-act-found = Put it on the list of papers to type in
numbers-act-void = Void this number
numbers-done-found = The number is on the list of papers. Open Receive, choose this paper and type in what it says.
numbers-done-void = The number is voided.
numbers-denied = The supervisor explains these numbers.
sync-items = By filing
sync-items-none = No filing is waiting.
sync-state-waiting = Waiting
sync-state-sending = Sending
sync-state-at-centre = At the centre
sync-state-quarantined = Look again
attention-quarantined = Filing { $code } is at the centre but needs someone to look at it
attention-quarantined-act = It was stored whole. Open it and compare it with the paper; other filings are sent as usual.
attention-provisional-number = Filing { $code } has a provisional number
attention-provisional-number-act = The paper given out stays valid. Open the filing to give it the official number once this machine has numbers, then print again.
attention-receipt-missing = Filing { $code } has no receipt yet
attention-receipt-missing-act = The filing is stored. Open it and print, and the receipt is made again.
attention-calendar-unpublished = The due date of { $code } lies in a year without a calendar
attention-calendar-unpublished-act = Look at the date again when the calendar is published.
attention-clock-doubt = The confirmed date and time are unusual
attention-clock-doubt-act = The supervisor looks at it when the day is closed.
attention-fork = Two different journals for one machine
attention-fork-act = Stop receiving on this machine and call support.
attention-refused = The centre refuses this machine
attention-refused-act = The filings are safe here. Call the centre’s administrator to enrol again.
attention-store-restored = The data on this machine is older than what was printed: provisional numbers only
attention-store-restored-act = It was probably restored from a copy. Numbers printed after that copy are not given out again. You can still receive, and the papers are valid. Call the administrator of the provincial system to enrol this machine anew.
attention-other-machine = This data belongs to another machine: provisional numbers only
attention-other-machine-act = The data folder was probably copied here. The other machine may be using its numbers. You can still receive, and the papers are valid. Call the administrator of the provincial system to enrol this machine.
attention-salvage-waiting = { $n } journal lines exist on this machine only
attention-salvage-waiting-act = They belong to this machine’s old journal. The supervisor looks at the list below and presses “Bring again”; the printed numbers stay.
attention-numbers-missing =
    { $n ->
        [one] 1 number of this counter is not accounted for
       *[other] { $n } numbers of this counter are not accounted for
    }
attention-numbers-missing-act = Papers may have been given out that never reached the provincial system. The supervisor explains each number under “Numbers of this counter” below.
attention-canary-lost = The mark of this data is missing: provisional numbers only until tonight
attention-canary-lost-act = The mark beside the data folder is gone or was changed, so this machine can’t be sure that the data is the newest. You can still receive, and the papers are valid. From tomorrow it gives its own numbers again. If somebody restored a copy today, call the administrator of the provincial system.
attention-canary-unwritten = The mark of this data can’t be written
attention-canary-unwritten-act = You can receive and print as usual, but this machine would not notice if an old copy of its data were put back. Ask your support to check the disk and the permissions beside the data folder.
attention-numbers-stopped = This machine gives provisional numbers only
attention-numbers-stopped-act = Another machine may hold this machine’s numbers. You can still receive, and the papers are valid. Call the administrator of the provincial system to enrol anew.
attention-centre-not-secure = The address of the provincial system is not encrypted
attention-centre-not-secure-act = This machine sends nothing to that address; the filings are safe here. Ask the administrator of the provincial system for an address that begins with https, then enrol anew.
attention-peer-unapplied = One act of { $counter ->
    [none] another counter
   *[other] { $counter }
} could not be put into the lists
attention-peer-unapplied-act = Its journal line is kept as it is, and everything else goes on. Tell your support.
attention-peer-newer = { $counter ->
    [none] Another counter
   *[other] { $counter }
} runs a newer program than this machine
attention-peer-newer-act = What this machine does not understand yet is kept as it is. Update the program here.
attention-peer-changed = The journal of { $counter ->
    [none] another counter
   *[other] { $counter }
} was changed on its way here
attention-peer-changed-act = This machine does not use the changed line. Tell the administrator of the provincial system now.
attention-contradicted = Filing { $code }: the unit in charge decided against what the counter had done
attention-contradicted-act = What the counter did stands. Open the filing, read what happened, and call the unit in charge.
attention-feed-lost = Part of what other counters did is missing
attention-feed-lost-act = The provincial system does not keep it any more. This machine’s own filings are not affected. Tell your support.
attention-fact-refused = The provincial system sent { $kind ->
    [message] a message
    [lease] a range of numbers
    [calendar] a calendar
    [policy] hours for scans
    [catalogue] a catalogue of procedures
    [staff] a change of staff
    [keys] a key
   *[other] something
 } that this machine can’t use
attention-fact-refused-act = What is in use stays as it is. Tell the administrator of the provincial system.
attention-document-damaged = { $part ->
    [catalogue] The provincial system’s catalogue of procedures “{ $title }” is damaged or no such file
   *[other] The provincial system’s “{ $title }” is damaged or no such file
 }
attention-document-damaged-act = This machine does not use that file; filings already received are not affected. Ask the administrator of the provincial system to publish it again.
attention-document-newer = { $part ->
    [catalogue] The provincial system’s catalogue of procedures “{ $title }” needs a newer program
   *[other] The provincial system’s “{ $title }” needs a newer program
 }
attention-document-newer-act = Until then the one before holds. Update the program on this machine.
attention-staff-last = The provincial system says that { $name } has left or has another role, but nobody else looks after this machine
attention-staff-last-act = They can still sign in as before. Add another supervisor or administrator on this machine (Office, “Add someone”); then it takes effect.
attention-other = Something needs a person
attention-other-act = Open the filing for details.
attention-open = Open filing
bytes-b = { $n } B
bytes-kb = { $n } kB
bytes-mb = { $n } MB

## Office
office-title = Office
office-this = This machine
office-name = Office
office-counter = Counter
office-workstation = Workstation
office-version = Version
office-screen = Screen
office-printing = Printing
office-staff = Staff
setting-language = Language
language-vi = Tiếng Việt
language-en = English
setting-theme = Colours
theme-system = As the system
theme-light = Light
theme-dark = Dark
theme-contrast = High contrast
setting-zoom = Size
setting-paper = Paper
paper-a5 = A5, one copy
paper-a4-two-up = A4, two copies
paper-a4 = A4, one copy in larger type
setting-printer = Printer
printer-none = No printing, open PDF only
printer-missing = No printer found. Receipts can still be opened as PDF.
printer-not-accepting = not accepting jobs
setting-sounds = Sounds
sounds-on = On
sounds-off = Off
settings-saved = Saved
staff-add = Add someone
staff-add-act = Add
staff-name = Full name
staff-role = Role
staff-password = First password
staff-reset = Reset password
staff-reset-for = New password for { $name }
staff-reset-act = Reset
staff-added = { $name } was added.
staff-was-reset = The password of { $name } was reset.
staff-gone = Has left
staff-gone-on = left on { $day }
staff-left-now = { $name } has left the office, the provincial system says. What was being typed is kept on this machine.
staff-denied = Only supervisors and administrators add people or reset passwords.
office-keys = Keys and recovery
office-bound = Bound to this PC
bound-all = Yes. A data folder copied to another computer opens with the recovery paper only.
bound-some = In part. Some people can open it elsewhere by their password alone; reset their passwords to bind them to this computer.
bound-none = No. When the passwords were set, this computer had no keyring or it was locked: a copied data folder opens by a password.
recovery-paper-row = Recovery paper
recovery-new = Make a new one
recovery-new-title = Make a new recovery paper
recovery-new-lead = The old paper will open nothing any more. Have a printer and an envelope ready first.
recovery-new-password = Your own password
recovery-new-made = The new recovery paper is made. Destroy the old one.
recovery-new-denied = Only supervisors and administrators make a recovery paper.

## Keys
keys-title = Keys of this page
keys-everywhere = On every page
keys-here = On this page
keys-on-row = On a row of the checklist
key-receive = Receive and print
key-receive-keep = Receive, print, keep the person
key-send = Send now
key-save = Main act of the page
key-new = New filing
key-paper = Show or put away the paper
key-find = Find anything
key-keys = Keys of this page
key-close = Close the top layer
key-place-receive = Go to Receive
key-place-filings = Go to Filings
key-place-sync = Go to Sync
key-place-office = Go to Office
key-next = Next field
key-row-original = Original
key-row-copy = Copy
key-row-certified = Certified copy
key-row-shown = Shown
key-row-from-database = From database
key-row-not-reachable = Not reachable
key-row-missing = Missing
key-row-more = One more copy
key-row-fewer = One copy fewer
key-row-usual = As usual
keys-on-look-up = On a document to look up
key-look-found = Found
key-look-missing = Missing
cap-enter = Enter
cap-esc = Esc
cap-space = Space

## Find (Ctrl+K)
find-title = Find a filing, a person, a procedure, a command
find-none = Nothing matches. Try a name without accents, a dossier code, a personal number or a telephone number.
find-filing = Filing
find-person = Person
find-procedure = Procedure
find-command = Command
command-language = Switch to Vietnamese
command-theme = Change the colours
command-lock = Switch user (lock)
command-send = Send to the centre now

## Notes beside fields
problem-required = Not filled in yet.
problem-too-long = Longer than { $max } characters (now { $len }). Shorten it.
problem-control-characters = There are characters that cannot be printed. Delete them and type again.
problem-not-a-date = There is no such date. Type day/month/year, for example 05/03/1988, or the year alone.
problem-in-future = This day has not come yet. Check the year.
problem-too-old = More than 130 years ago. Check the year.
problem-id-not-digits = A personal number has digits only.
problem-id-length =
    { $digits ->
        [one] A personal number has 12 digits; there is { $digits } now.
       *[other] A personal number has 12 digits; there are { $digits } now.
    }
problem-id-unknown-province = The first three digits are no province’s code. Check the card.
problem-phone-not-digits = A telephone number has digits only.
problem-phone-length = The telephone number has too few or too many digits.
problem-phone-prefix = No number begins like this. Mobiles begin with 03, 05, 07, 08, 09.
problem-email = This e-mail address is not complete, for example name@example.vn.
problem-unknown-procedure = This procedure is not in the catalogue. Choose again.
problem-needs-reason = Say why it could not be looked up.
problem-number = Type a number, 1 or more.
problem-other = Look at this field again.
warning-id-sex-differs = The personal number says another sex. Check the card; it can still be received.
warning-id-birth-differs = The personal number says another year of birth. Check the card; it can still be received.
warning-id-old = This is an old 9-digit number. If there is a newer card, type its 12 digits.
warning-no-id-number = No personal number yet. It can still be received.
warning-paper-missing = This paper is missing. It can still be received.
warning-undrawable = The form’s font lacks: { $chars }. The paper uses a fallback font.
warning-other = Better look at this field again.

## Errors: what happened, what is safe, what to do
error-bad-request = The request was not understood.
error-not-signed-in = The session is locked.
error-not-allowed = This needs another right.
error-wrong-password = The password is not right.
error-wrong-password-wait =
    { $wait ->
        [one] The password is not right. Try again in 1 second.
       *[other] The password is not right. Try again in { $wait } seconds.
    }
error-staff-left = The provincial system says that this person has left the office.
error-password-too-short = A password needs at least 8 characters.
error-wrong-recovery-code = The recovery code is not right.
error-keyring-missing = The password is not enough: this computer does not give its part of the key.
error-name-required = The full name is missing.
error-already-started = This machine already has a user.
error-not-enrolled = This machine is not enrolled in an office.
error-already-enrolled = This machine is already enrolled.
error-other-office = This code or ticket is for another office. This machine belongs to { $office }: ask for a code of this office.
error-not-compared = It is not known yet what the provincial system has of this machine. Wait until it has synchronised, then bring them again.
error-number-elsewhere = This number is not in this counter’s range, or its day is still to come.
error-code-used = This code was used for another machine.
error-code-unknown = The centre does not know this code, or its 24 hours are over.
error-ticket-invalid = The ticket cannot be read, or its signature does not hold.
error-centre-unreachable = The centre could not be reached.
error-not-the-centre = Something answers at this address, but it is not the centre.
error-centre-not-secure = This address is not encrypted, so no filing is sent to it.
error-fields-wrong = Some fields need a correction before receiving.
error-procedure-unknown = This procedure is no longer in the catalogue.
error-document-wrong = The file or its day of effect is wrong.
error-filing-unknown = This filing is not on this machine.
error-receipt-missing = The receipt is not ready yet.
error-paper-elsewhere = The receipt is at the counter that received the filing; it is not on this machine yet.
error-paper-let-go = This paper is only at the provincial system now.
error-form-failed = The receipt could not be made.
error-disk-full = The disk is full; nothing could be written.
error-store-busy = The store is busy.
error-store-damaged = A part of the store is damaged.
error-clock-not-confirmed = The date and time are not confirmed yet.
error-internal = Something unforeseen went wrong.
safe-nothing-stored = Nothing was stored or printed; what was typed is still here.
safe-filing = The filing is safely stored.
safe-typed = What was typed is still here.
safe-all = Stored data is not affected.
act-retry = Try again in a moment.
act-sign-in = Sign in again.
act-ask-supervisor = Ask the { $who } to do it.
act-who-supervisor = supervisor
act-who-admin = administrator
act-bring-paper = Open the filing and press “Bring it here”.
act-look-again = Look again and retype it.
act-new-code = Ask the centre’s administrator for a new code.
act-new-ticket = Ask the centre’s administrator for a new ticket.
act-check-address = Check the address.
act-ask-https = Ask the administrator of the provincial system for an address that begins with https.
act-ask-centre-staff = If that is a mistake, ask the administrator of the provincial system to take it back; then a supervisor adds this person here.
act-use-paper = Sign in to the computer again and retry. If that does not help, choose “Forgotten password” and type the code from the recovery paper.
act-check-network = Check the network and try again, or use a ticket.
act-free-space = Free some space on the disk, then press the same key again.
act-open-filing = Open the filing and print again.
act-pick-again = Choose again.
act-confirm-clock = Confirm the date and time, then go on.
act-call = If it happens again, call support and read out the reference.

## Form 01: receipt (the paper itself is always in Vietnamese; these are for translations on the screen)
form01-title = RECEIPT OF THE FILING AND APPOINTMENT FOR THE RESULT
form01-not-received = Not yet received
form01-give-back-at-counter = At the one-stop counter
form01-give-back-by-post = By public post
form01-give-back-electronic = Electronically through the national public service portal
form01-fee-free = Free of charge
form01-fee-on-time = Free when registered in time
form01-fee-province = As set by the province’s council
form01-fee-unstated = As the procedure’s rules say
form01-paper-original = original
form01-paper-copy = copy
form01-paper-certified = certified copy
form01-paper-shown = shown
form01-paper-from-database = from database
form01-paper-not-reachable = database not reachable
form01-paper-missing = missing
form01-replaces = Stands for the receipt with the provisional number { $number }.
form01-complete = Complete since { $time } on { $day }; the term is counted from then.
form01-corrected = Replaces the receipt given before; corrected at { $time } on { $day }.
form01-bring = When collecting the result bring this receipt, the ID card and the authorisation (if any)
form01-term-same-day = the same working day
form01-term-working-days =
    { $n ->
        [one] 1 working day
       *[other] { $n } working days
    }
form01-term-days =
    { $n ->
        [one] 1 day
       *[other] { $n } days
    }
form01-term-months =
    { $n ->
        [one] 1 month
       *[other] { $n } months
    }
form01-term-hours =
    { $n ->
        [one] 1 working hour
       *[other] { $n } working hours
    }

## Recovery paper (printed)
recovery-paper-title = RECOVERY PAPER
recovery-paper-what = Whoever has this paper can open the data on the workstation when nobody remembers a password.
recovery-paper-keep = Seal it in an envelope, sign across the flap, keep it in the office’s safe.
recovery-paper-code = Recovery code
recovery-paper-workstation = Workstation
recovery-paper-made = Made on
recovery-paper-use = On the sign-in page pick the name, choose “Forgotten password”, then type this code.

## Form 02: request to complete the filing
form02-or = { " or " }
form02-originals =
    { $n ->
        [one] 1 original
       *[other] { $n } originals
    }
form02-copies =
    { $n ->
        [one] 1 copy
       *[other] { $n } copies
    }
form02-reason-missing = Papers that the regulation asks for are missing

## Form 03: refusal to receive
form03-reason-not-ours = This office is not competent to decide it
form03-reason-conditions = The conditions of the procedure are not met

## Guidance sheet (“which papers are needed?”)
guidance-way-counter = In person at the counter
guidance-step-papers = Prepare the papers of this list; bring the originals of copies for comparison.
guidance-step-file = File at the counter; the clerk checks them and tells you what is missing.
guidance-step-receipt = Take the receipt with the day of the result and check what it says.
guidance-source = Catalogue of administrative procedures, version from { $from }
guidance-not-checked = Ask the clerk at the counter before you go to get papers.

## Receiving in full: procedures, cases, own fields, fees, terms
key-all-procedures = Search all procedures
key-pin = Pin or unpin the marked procedure
key-case = Choose a case
key-guide = Which papers?
key-supplement = Supplement slip
key-refuse = Refusal slip
ministry-bo-cong-an = Ministry of Public Security
ministry-bo-nong-nghiep-mt = Ministry of Agriculture and Environment
ministry-bo-tai-chinh = Ministry of Finance
ministry-bo-tu-phap = Ministry of Justice
ministry-bo-xay-dung = Ministry of Construction
ministry-ngan-hang-nha-nuoc = State Bank
ministry-toa-an-nhan-dan = People's Court
ministry-other = A central agency
mark-pinned = Pinned
mark-review = Needs review
mark-unchecked = Not checked yet
mark-until = Not in force after { $day }
mark-over = No longer in force since { $day }
pinned-said = Pinned: { $title }
unpinned-said = Unpinned: { $title }
procedure-all = Search all procedures ({ $n })
review-title = Read this again before relying on it
review-term = Term
review-fee = Fee
review-papers = Papers
review-ways = Ways of filing
review-other = Content
doubt-unit-missing = a number without a unit.
doubt-number-glued-to-fee = term and fee are written together.
doubt-time-not-understood = it can't be read as a term.
doubt-cell-and-text-disagree = the cell and the words beside it differ.
doubt-amount-implausible = an amount that is unusually small.
doubt-fee-not-understood = it can't be read as an amount.
doubt-bracket-open = the text is cut off.
doubt-no-ways = there is no table of ways of filing.
doubt-papers-not-split = it can't be split into single papers.
doubt-count-glued = the count is glued to another number.
doubt-paper-unnamed = a count without the name of a paper.
doubt-paper-without-count = no count is given.
doubt-copy-or-original = a copy by its name, an original by its count.
doubt-numbers-differ = the name and the count differ.
doubt-remark-counted = it may be a remark and not a paper.
doubt-shown-or-submitted = it is unclear whether it is shown or handed in.
doubt-time-not-stated = no term is given.
doubt-several-times = several terms are given.
doubt-no-result = this procedure gives no result.
doubt-not-at-counter = filing at the counter is not named.
doubt-fee-not-read = no amount that could be read.
doubt-other = read it again on the public service portal.
section-case = Case
case-question = Cases that hold for this filing
case-hint = Choose with the number keys or Space; if none holds press Enter
case-many-hint =
    { $n ->
        [one] { $n } case; type to find it
       *[other] { $n } cases; type to find one
    }
case-nothing = No case fits.
case-none = No special case
papers-case-must = { $n ->
    [one] Choose a case first: { $n } paper depends on it.
   *[other] Choose a case first: { $n } papers depend on it.
}
papers-case-more = { $n ->
    [one] { $n } more paper is needed only in a special case above.
   *[other] { $n } more papers are needed only in the special cases above.
}
papers-none = The catalogue names no papers for this procedure.
papers-complete-missing =
    { $n ->
        [one] { $n } paper here, { $missing } missing
       *[other] { $n } papers here, { $missing } missing
    }
option-none = Nothing fits.
filled-from-applicant = Filled from the applicant
filled-from-applicant-birth = Filled from the applicant
filled-from-applicant-sex = Filled from the applicant
filled-from-applicant-id = Filled from the applicant
filled-from-applicant-passport = Filled from the applicant
filled-from-applicant-nationality = Filled from the applicant
filled-from-applicant-address = Filled from the applicant
filled-from-applicant-phone = Filled from the applicant
filled-from-submitter = Filled from the submitter
filled-from-office-place = Filled from this office
filled-from-today = Filled with today's date
filled-from-other = Filled in
section-term = Time limit
term-verbatim = The national catalogue says, word for word
term-read = Read it and type the time limit. Nothing is guessed here.
term-number = Number
term-unit = Unit
term-by-clerk = { $term }, as read by the clerk
unit-same-day = the same day
unit-working-days = working days
unit-days = days
unit-months = months
unit-hours = working hours
verbatim-source = Source page: { $url }
way-direct = In person
way-online = Online
way-post = By post
way-other = Another way
paper-asks-nothing = no count given
verbatim-none = (empty)
fee-verbatim = The national catalogue says, word for word
fee-ask-pages = Pages
fee-ask-persons = Persons
fee-ask-matters = Matters, transactions
fee-requested = { $what }: how many
fee-requested-hint = Only if the citizen asks for it
fee-exemption = Exemption
fee-exemption-hint = Type to find the ground
fee-exemption-none = None
fee-amount =
    Amount ({ $currency ->
        [VND] đồng
       *[other] { $currency }
    })
fee-amount-hint = As charged now; left empty, the paper gives no amount
fee-total = Total
fee-unstated = Not known
fee-per-copy = Per copy
fee-flat = Fixed
fee-note-free = free
fee-note-in-time = in time
fee-note-late = late
fee-note-pages = by page
fee-note-capped = the most it may cost
fee-note-exempt = exempt or reduced
fee-note-other = see the catalogue
fee-gap-set-by-province = The province sets it: type the amount charged now.
fee-gap-unstated = The catalogue gives no amount that could be read: type it.
fee-gap-event-date = Type the date of the event to know whether it is in time.
fee-gap-copies = Type the number of copies to get the sum.
fee-gap-pages = Type the number of pages to get the sum.
fee-gap-persons = Type the number of persons to get the sum.
fee-gap-matters = Type the number of matters to get the sum.
fee-gap-not-a-number = No sum comes out: look at the numbers again.
fee-gap-two-currencies = Two currencies have no sum.
fee-gap-other = No sum yet: look at the numbers again.
warning-no-case = No case chosen: only the common papers are shown. The filing can still be received.
warning-field-missing = Not filled in. The filing can still be received.

## Supplement and refusal slips, guidance sheet
guide-act = Which papers?
guide-title = Which papers are needed?
guide-alt = Picture of the guidance sheet
sheet-print = Print
sheet-print-again = Print again
sheet-printed = Printed
sheet-no-printer = No printer chosen; open the PDF to print.
sheet-unreachable = The printer does not answer; open the PDF to print.
sheet-refused = The printer refused; check the paper and print again.
sheet-other = Not printed; open the PDF to print.
sheet-none = The sheet could not be drawn.
slips-lacking = { $n ->
    [one] { $n } paper is not here yet
   *[other] { $n } papers are not here yet
}
slip-supplement = Supplement slip
slip-refusal = Refusal slip
slip-title-supplement = Slip: papers still needed
slip-title-refusal = Slip: filing not accepted
slip-title-apology = Apology and a later day
slip-title-stop = Notice: filing stopped
slip-title-other = Slip
slip-items = { $n ->
    [one] { $n } paper not here
   *[other] { $n } papers not here
}
slip-reason-supplement = Reason, and what else is needed
slip-reason-supplement-hint = Left empty, the slip names the lacking papers only
slip-reason-refusal = Reason for refusing
slip-reason-refusal-hint = In the citizen's words: why, and what to do next
slip-needs-name = Type the applicant's name first.
slip-needs-missing = No paper is lacking: say what has to be added or mended.
slip-act = Issue and print
slip-done = Slip no. { $n } is issued.
slip-printed = The slip is printed.
slip-draft-stays = The filing being typed stays as it is.
slip-alt = Picture of the slip that will print
problem-slip-reason = Give the reason, since this slip has to say why.

## Sheets printed ahead for power cuts
pads-act = Sheets printed ahead
pads-title = Sheets printed ahead
pads-lead = Keep some of today's numbers for printed form 01: without power filings are taken on paper and typed in later.
pad-count = Sheets
pad-reserve = Keep numbers and open to print
pad-open = { $n ->
    [one] Open { $n } blank sheet
   *[other] Open { $n } blank sheets
}
pads-no-blank = No blank sheet is left.
pads-none = No sheet was printed ahead yet.
pads-row-hint = Enter on a blank sheet to void it.
pad-number = No.
pad-day = Day
pad-state-blank = Blank
pad-state-used = Used
pad-state-voided = Voided
pad-state-other = Other
pad-void = Void this sheet
pad-void-reason = Why sheet no. { $n } is voided
pad-void-hint = For example: spoiled, torn, not used by the end of the day
pad-voided = The sheet is voided; its number is not used again.
pad-was-voided = Voided: { $reason }
pad-was-used = This sheet was used for a filing.
problem-pad-count =
    { $max ->
        [one] Only { $max } sheet.
       *[other] From 1 to { $max } sheets.
    }
problem-pad-reason = Give the reason, since this number must be accounted for.
pad-later = Type in a sheet given out during a power cut
pad-later-pick = Choose the procedure, then type the sheet's number and the time it was received.
section-pad = Sheet given out
pad-leave = Not from a sheet
pad-which = Sheet
pad-which-hint =
    { $n ->
        [one] { $n } blank sheet left; type the number on the sheet
       *[other] { $n } blank sheets left; type the number on the sheet
    }
pad-nothing = No blank sheet has this number.
pad-line = No. { $n } · { $code }
pad-received = Received at
pad-received-hint = Date and time on the sheet; 0930 will do
pad-summary = No. { $n } · received { $at } · { $code }

## A filing's page, typing it into another program
filter-look-up-later = To look up again
filing-behalf = Submitted by
filing-authority = Authority: { $paper }
filing-official = Code in the other system
filing-entered = Typed in at
filing-term-by-clerk = The time limit is the clerk's reading of the catalogue.
filing-exemption = Exemption: { $ground }
rekey-title = Typing in again: { $system }
rekey-show = Open the copying list
rekey-hide = Put the list away
rekey-progress =
    { $all ->
        [one] { $done } of { $all } field copied
       *[other] { $done } of { $all } fields copied
    }
rekey-keys = Enter copies and goes on · Space ticks without copying
rekey-copy = Copy
rekey-done = Copied
rekey-copied = Copied: { $label }
rekey-not-copied = This PC does not allow copying. Mark the text and copy it by hand.
rekey-empty = (empty)
rekey-official = Code in that program
rekey-official-hint = Paste the code that program has just given
rekey-bind = Bind the code
rekey-bound = Code { $code } is bound

## Receive: the applicant, scans, filing for others, old addresses
field-name-hint = Scan a card, paste a code, or type a name or number
field-organisation = Name of the organisation
field-tax-code = Tax code
field-passport = Passport number
field-nationality = Nationality
field-nationality-hint = Three letters as in the passport, such as VNM, DEU
field-id-number-if-any = Personal number (if any)
field-authority = Authority to file
field-authority-hint = Number, date and kind of paper: authorisation, letter, parent, spouse
kind-label = The applicant is
kind-person = Person
kind-organisation = Organisation
kind-foreigner = By passport
behalf-chip = Someone else files
behalf-title = Who files for them
behalf-representative = Representative who files
behalf-summary = filed by { $name }
key-behalf = Someone else files
key-address = Take today’s address
address-old = Old address → commune today:
address-take = Take it
address-keep = Keep as on the paper
address-done = Done
address-split = The old address lies in several communes today. Choose one:
address-was = formerly { $was }
address-former = On the older paper: { $address }
address-taken = Today’s address: { $address }
read-from-card-qr = Filled from the identity card.
read-from-health-card = Filled from the health-insurance card.
read-from-passport = Filled from the passport.
read-from-tax-code = Filled by the number just read.
read-from-telephone = Filled by the telephone number.
read-from-register = Filled from the register.
read-from-other = Filled.
read-undo = Back to what it was
read-filled = Read: { $name }
read-refused = The code could not be read. Nothing was filled in.
read-refused-act = Switch the Vietnamese keyboard off and scan again, or type.
read-use = Use this person
read-number-new = Nobody in the register has this number. Type the name.
read-number-many = Several people in the register have this number. Type the name to choose.
read-passport-next = Type the passport’s second line, then Enter.
read-damaged-telex = The Telex keyboard damaged letters during the scan.
read-damaged-vni = The VNI keyboard damaged letters during the scan.
read-damaged-encoding = The letters came in a wrong encoding. Check the scanner’s settings.
read-damaged-letter-lost = Letters or marks were lost during the scan.
read-damaged-too-long = Longer than any card’s code.
read-unread-old-number = The former number could not be read: “{ $text }”.
read-unread-birth = The card’s date of birth could not be read: “{ $text }”.
read-unread-sex = The card’s sex could not be read: “{ $text }”.
read-unread-address = The card’s address could not be read: “{ $text }”.
read-unread-issued = The date of issue could not be read: “{ $text }”.
read-health-number = Health-insurance number: { $number }.
read-control-characters = The name on the card has strange characters.
read-card-no-name = The code has no name.
read-card-number = The card’s number is wrong: “{ $text }”.
read-scan-incomplete = The scan is incomplete.
read-id-unknown-province = The first three digits are no province.
read-mrz-incomplete = A passport has two lines of 44 characters each.
read-mrz-sign = Line { $line }, character { $at } is not used in passports: “{ $found }”.
read-mrz-not-a-passport = These two lines are not a passport’s.
read-mrz-check-digit = The check digit does not agree. Look at every sign, above all 0 and O, 1 and I.
read-mrz-date = A date in the code does not exist.
read-mrz-name-plain = Passports write names without marks. Add them where needed.
read-mrz-name-cut = The name is long and may have been cut. Look at the passport.
read-passport-expired = The passport expired on { $day }. It can still be received.
read-tax-check-digit = The tax code’s check digit does not agree. Look again.
read-name-from-register = The code says “{ $read }”. The name with its marks is from the register.
read-known-name-differs = In the register this number belongs to { $known }.
read-known-birth-differs = The register says born { $known }.
read-known-sex-differs = The register says another sex.
read-known-address-differs = The register says: { $known }
read-other = Look at this again.
problem-tax-code = A tax code has 10 digits, or 13 for a branch. Look again.
problem-passport = A passport number has 5 to 15 letters and digits.
problem-nationality = Write three letters, such as VNM, DEU, FRA.
warning-no-tax-code = No tax code yet. It can still be received.
warning-no-authority = The authority to file is not stated yet. It can still be received.

## People of the register
person-title = Person in the register
person-open = Open the entry in the register
person-former-address = Address on the older paper
person-receive = Receive for this person
person-receive-denied = Only those who receive filings can do this.
person-filings-all = Search in Filings
person-filings = Filings
person-filings-none = No filings yet.
person-doubles =
    { $n ->
        [one] { $n } entry looks the same
       *[other] { $n } entries look the same
    }
person-doubles-lead = The same number, or the same name and birth. Merging brings the filings of both to one entry, and can be undone.
person-merge = Merge into this entry
person-merged = Merged into the entry of { $name }.
person-merge-undo = Undo, keep the other
person-merged-title = Entries merged into this one
column-received = Received

## Notes of receiving in full
problem-not-a-number = Type a number, digits only.
problem-number-range = Type a number from { $min } to { $max }.
problem-not-a-choice = Choose one of the list.
problem-in-past = This day is over. Look at it again.
problem-withdrawn = This procedure is not in force after { $until }. Choose the one that replaces it.
problem-not-yet = This procedure is in force from { $from }.
problem-unknown-pad = No sheet printed ahead has this number. Look at the sheet again.
problem-pad-used = This sheet is used or voided. Choose another one.
problem-not-a-time = Type date and time, for example 23/11/2026 09:30.
problem-too-long-ago = Too far back. Look at the day on the sheet.
problem-other-day = This sheet was printed for { $day }. Look at the day, or choose the right sheet.
error-numbers-used-up = No numbers are left for today.
error-pad-unknown = This sheet is no longer blank.
error-look-up-unknown = This paper does not wait to be looked up any more.
error-filing-moved = The filing has moved on, at this counter or another.
error-taker-differs = The number that was typed is not that of { $name }.
error-day-not-later = The new day must be later than { $day }.
error-day-off = The office is closed on { $day }. Choose a working day.
error-authority-required = Name the paper that authorises the taker.
act-check-taker = Look at the paper again, or choose Authorised person.
error-reason-required = A reason is needed.
error-person-unknown = This person is not in the register.
error-slip-unknown = This slip is not here.
error-code-not-one = This is no dossier code.
error-code-taken = Filing { $code } has this code already.
act-call-centre = Filings can still be received here; ask the province's administrator for more numbers.

## Office: procedures offered, calendar, administrative units, readers
office-offers = Procedures of this office
office-offers-lead = The picker shows these first. All others are found under “All procedures”.
offer-find = Find a procedure
offer-ours = Received here
offer-all = All procedures
offer-column-offered = Received
offer-column-code = Code
offer-column-pinned = Pinned
offer-yes = Received here
offer-no = Not received here
offer-nickname = Short name
offer-nickname-hint = A few letters to type in the picker, such as ks
offer-pin = Pin to the top of the list
offer-pinned = Pinned
offer-not-pinned = Not pinned
offer-taken = Received from now on: { $title }
offer-left = No longer received: { $title }
offer-elsewhere =
    { $n ->
        [one] This office receives none like that; among all procedures there is { $n }.
       *[other] This office receives none like that; among all procedures there are { $n }.
    }
offer-nothing = There is no such procedure.
offer-keys = Space: tick as received · Enter: short name, pin
offer-denied = Only supervisors and administrators can change this.
office-calendar = Working calendar
calendar-year = Year
calendar-published = The days off of { $year } are announced.
calendar-not-published = The days off of { $year } are not announced yet; they are computed from the law and may change.
calendar-hours = Hours { $hours }.
calendar-version = Version { $version } · { $zone }
calendar-off = Day off
calendar-rest = Weekly rest
calendar-make-up = Worked instead
office-documents = The office’s calendar, tariff, communes and procedures
office-documents-lead = Each holds from its own day on. Earlier ones are kept; filings keep the date and fee they were received with.
document-part-calendar = Days off and hours
document-part-tariff = Tariff
document-part-units = Communes and wards
document-lead-calendar = The office’s calendar file: days off, make-up days, hours.
document-lead-tariff = The file with the fees that the province sets, or a mission’s exchange rates.
document-lead-units = The file of provinces and communes, and what older communes have become.
document-part-catalogue = Catalogue of procedures
document-shipped = The one that comes with the program
document-untitled = Without a name
document-from = from { $day }
document-always = used until one is set
document-in-force = in force
document-set-by = set by { $who } at { $at }
document-damaged = The stored file is damaged and can’t be read: the one that comes with the program is used. Import the file again.
document-damaged-catalogue = The file is damaged or no such file: the one before holds. Ask the administrator of the provincial system to publish it again.
document-newer = This file needs a newer program: the one before holds. Update the program on this machine.
document-coming = not yet in force
document-centre = the provincial system
document-awaited = Set elsewhere; the file has not come to this machine yet. Until then the one before holds.
document-host-missing = The program has no calendar of the host country: due dates count Vietnam’s days off only and are not certain. Import the host’s calendar.
document-new = Import
document-again = Use again
document-again-lead = Use “{ $title }” again.
document-again-shipped = Use the one that comes with the program again.
document-choose = Choose a file
document-text = Or paste the file’s text
document-from-label = In force from
document-set = Put in force
document-was-set = Set, in force from { $day }
document-first-right = Choose a correct file first.
document-right = The file is right: { $title }
document-no-change = Nothing differs from what is in use.
document-more =
    { $n ->
        [one] and 1 more change
       *[other] and { $n } more changes
    }
document-line = Line { $n }: { $said }
document-wrong =
    { $n ->
        [one] The file has 1 mistake; nothing was changed
       *[other] The file has { $n } mistakes; nothing was changed
    }
document-wrong-other = Something is wrong here.
document-wrong-shape = Not a file of this kind{ $detail }
document-wrong-other-part = This is a file of another part: { $part }
document-wrong-other-zone = The file’s time zone is { $zone }, the office’s is { $office }.
document-wrong-no-history = The file does not say what older communes have become: old addresses will stay as they are.
document-wrong-weekday = “{ $text }” is no day of the week
document-wrong-not-a-date = “{ $text }” is no date
document-wrong-not-a-time = “{ $text }” is no time of day
document-wrong-hours-order = The hours do not follow each other
document-wrong-zone = “{ $text }” is no time zone
document-wrong-year-order = { $year } cannot come after { $after }
document-wrong-wrong-year = { $date } is not in { $year }
document-wrong-published = { $year }: “published” disagrees with the last published year
document-wrong-day-twice = { $date } stands twice, first in line { $first }
document-wrong-make-up-is-off = { $date } is both worked and a day off (line { $first })
document-wrong-make-up-is-working = { $date } is an ordinary working day and makes up for nothing
document-wrong-no-name = The day off { $date } lacks its Vietnamese or English name
document-wrong-no-working-day = No day of the week is worked
document-wrong-amount = “{ $text }” is no amount
document-wrong-below-zero = The fee { $text } is below zero
document-wrong-currency = “{ $text }” is no known money
document-wrong-one-rate = A rate needs one of the two: for a dollar, or in đồng
document-wrong-twice = The same as line { $first }
document-wrong-unknown-procedure = No procedure has the code { $text }
document-wrong-unknown-item = Procedure { $text } has no fee { $item }
document-wrong-units-empty = The list is empty ({ $place })
document-wrong-units-code = { $place }: a code of { $digits } digits is needed
document-wrong-units-twice = { $place }: stands twice
document-wrong-units-name = { $place }: the name is empty or has unseen characters
document-wrong-units-kind = { $place }: “{ $text }” is no kind of unit
document-wrong-units-unknown = { $place }: { $text } is not in the list
document-wrong-units-order = { $place }: does not begin after the one before
document-wrong-units-partial = { $place }: “partial” does not fit the new communes
document-wrong-units-hints = { $place }: more than one hint
document-change-other = Something else changes.
document-change-published-now = { $year } is now announced
document-change-unpublished-now = { $year } is no longer announced
document-change-hours = Hours: { $from } → { $to }
document-change-day = { $date }{ $name }: { $was } → { $is }
document-change-fee = { $code } ({ $item }): { $was } → { $is }
document-change-fee-new = { $code } ({ $item }): { $is }, not set before
document-change-fee-gone = { $code } ({ $item }): { $was } is no longer set
document-change-rate = Rate { $from } → { $to } from { $date }
document-change-communes = { $count } communes, wards and special zones
document-change-commune = { $code }: { $was } → { $is }
document-change-commune-new = { $code }: { $is } is new
document-change-commune-gone = { $code }: { $was } is gone
document-day-working = working day
document-day-rest = weekly rest
document-day-off = day off
document-day-make-up = make-up day
due-whose-host = { $name }, the host country’s day off
due-whose-vietnam = { $name }, Vietnam’s day off
due-whose-both = { $name }, a day off of both countries
due-whose-office = { $name }, this office’s own day off
office-readers = Card reader
setting-reader = Reader at a COM port
reader-none = None
reader-none-note = Readers that type like a keyboard need no choice
reader-missing = No reader found at a COM port.

## Fees taken
money-title = Fee payment
money-due = To be paid
money-paid = Paid
money-left = Left to pay
money-take = Take payment
money-way = How it is paid
money-given = Cash given
money-given-hint = Leave empty when the exact amount was given
money-change = Change
money-rest = { $rest } left over, no note is that small
money-short = { $short } short
money-unreadable = Digits only, for example 50.000
money-amount = Amount to take
money-amount-hint = Leave empty to take all { $left }
money-do-cash = Cash received
money-do-transfer = Payer says it is transferred
money-later = Take later
money-transfer-then = This machine can't know whether the money has arrived. When it is on the account, open the filing and press Money seen.
money-said = { $paid } taken
money-no-account = The office has named no account for transfers.
money-no-account-act = The head of the centre sets it under Office, section Fee account. You can still record that the payer transferred.
fee-standing-free = No fee
fee-standing-unknown = Fee not known
fee-standing-unpaid = Not paid
fee-standing-part = Partly paid
fee-standing-unconfirmed = To be confirmed
fee-standing-paid = Paid in full
fee-standing-other = Other
pay-way-cash = Cash
pay-way-transfer = Transfer
pay-way-other = Other way
payment-given = { $given } given, { $change } change
payment-unconfirmed = The payer says it is transferred – to be confirmed
payment-voided = Struck out, entered by mistake: { $reason }
payment-refunded = { $amount } given back, { $way }: { $reason }
payment-receipt = Official receipt { $symbol } no. { $number } of { $day }
payment-no-receipt = Official receipt not noted yet
payment-act-confirm = Money seen
payment-act-note-receipt = Note receipt number
payment-act-void = Strike out as a mistake
payment-act-refund = Give back
payment-act-other = Something else
payment-done-confirm = Noted: the money is on the account
payment-done-note-receipt = Receipt number noted
payment-done-void = Payment struck out
payment-done-refund = Refund noted
payment-done-other = Noted
payment-reason-hint-void = It was never paid, for example the wrong filing
payment-reason-hint-refund = Why the money goes back
payment-reason-hint-other = Why
receipt-kind = Kind of receipt
receipt-kind-electronic = Electronic
receipt-kind-book = Paper book
receipt-kind-other = Other
receipt-symbol = Symbol
receipt-number = Number
receipt-number-hint = At most 8 digits, as printed on the receipt
receipt-day = Date
receipt-day-hint = Leave empty for today
refund-amount = Amount to give back
refund-amount-hint = Leave empty to give back all { $most }
refund-way = How it goes back
transfer-code = VietQR code to transfer { $sum }
transfer-purpose = Purpose of the transfer
transfer-print = Print the code
paper-print-printed = Sent to the printer
paper-print-no-printer = No printer is chosen. Open the PDF to print.
paper-print-unreachable = The printer does not answer. Open the PDF to print.
paper-print-refused = The printer refused. Check its paper and print again, or open the PDF.
paper-print-other = Not printed. Open the PDF to print.
account-title = Fee account
account-why = The VietQR code names this account, at every counter of the office.
account-now = { $bank } · { $account } · { $holder }
account-none = No account yet: counters can't show a code for transfers.
account-bank = Bank number (BIN)
account-bank-hint = 6 digits, for example 970405 for Agribank, 970436 for Vietcombank
account-number = Account number
account-holder = Account holder
account-save = Save the account
account-saved = Fee account saved
chip-unpaid = Fee not paid
filter-unpaid = Fee not paid
column-fee = Fee
key-fee = Take payment
key-transfer = Take payment by transfer
time-line-fee-taken = { $amount } taken, { $way ->
    [transfer] the payer says it is transferred
   *[other] cash
}
time-line-fee-confirmed = Transfer seen on the account
time-line-fee-voided = Payment struck out as a mistake: { $reason }
time-line-fee-refunded = { $amount } given back: { $reason }
time-line-receipt-noted = Official receipt { $symbol } no. { $number } noted
error-payment-unknown = This payment is not here.
error-fee-moved = The money of this filing has just changed, here or at another counter. It was read again.
error-amount-wrong = Not an amount: digits only, more than 0, for example 10.000.
error-fee-paid = The fee of this filing is paid in full.
error-more-than-left = Only { $left } is left to be paid.
error-too-little-given = { $short } is missing in the cash given.
error-more-than-paid = At most { $most } can go back: that is what was paid and not given back.
error-cash-handed-in = The cash of this payment was handed in or handed over, so it can't be struck out any more.
error-refunded-before = Something of this payment went back, so it can't be struck out any more.
act-refund-instead = Use Give back and say why.
error-transfer-not-seen = The money was not seen on the account, so there is nothing to give back. Press Money seen first, or strike it out if the payer did not transfer.
error-receipt-number-wrong = { $part ->
    [symbol] Not a receipt's symbol: plain letters and digits, as printed.
    [day] Not a date, or after today.
   *[other] Not a receipt's number: 1 to 8 digits, as printed.
}
error-no-payment-account = No code can be shown: the office has named no account under Office, or the fee is not in đồng.
error-bank-account-wrong = { $part ->
    [bank] Not a bank number: it has 6 digits.
    [holder] The name of the account holder is missing.
   *[other] Not an account number: 4 to 19 digits or letters.
}

## The day
place-day = Day
key-place-day = Go to Day
day-title = Day log
day-not-yours = This page is for those who receive filings and for the head of the centre.
day-money = Money at this counter today
day-payments = { $n ->
    [one] { $n } payment today
   *[other] { $n } payments today
}
day-cash = Cash taken
day-cash-back = Cash given back
day-transfers = Transfers seen
day-waiting = Transfers to be confirmed
day-transfers-back = Given back by transfer
till-title = Till of this counter
till-none = No till is open. Count the float and open it; cash taken before lies in it too.
till-held = { $holder } holds the till, opened { $at }
till-float = Float
till-taken = Cash taken
till-refunded = Cash given back
till-expected = Expected
till-counted = Counted
till-notes = How many of each note
till-sum = Sum counted
till-unreadable = A number of notes has digits only
till-agrees = Agrees
till-differs = Difference { $difference }
till-reason = Why it differs
till-reason-hint = It stands on the hand-in sheet and can't be removed
till-to = Hand over to
till-password = Password of who takes over
till-password-hint = Typed by the colleague; who works now stays the same
till-accountant = Accountant who takes the cash
till-alone = No other colleague at this counter yet
till-act-open = Open the till
till-act-hand-over = Hand over the shift
till-act-hand-in = Hand in to the accountant
till-act-other = Something else
till-done-open = Till opened
till-done-hand-over = Till handed over
till-done-hand-in = Till handed in. Open or print the sheet for both to sign.
till-done-other = Noted
till-counts = Counts of the till
till-counts-none = Nobody has counted it yet.
till-count-over = { $from } handed over to { $to }
till-count-in = { $from } handed in to { $to }
till-count-sums = { $counted } counted, { $expected } expected
till-print = Print the sheet
error-till-moved = The till has just changed: a payment came, or it was opened or handed in.
error-till-differs = What was counted differs by { $difference }. Say why.
act-count-again = Look at what is expected, then do it again.
