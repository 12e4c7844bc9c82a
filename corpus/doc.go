// Package corpus is the domain of Reviseur: what a bureau that makes
// machine-translated government texts fit to publish knows and does. This page
// is the design document of the whole program; read it first.
//
// # The words
//
// A Project is a language pair with members and documents. A Document is a
// text under review; it comes in Versions, each a source file and a target file
// exactly as received, of which one may be missing. A Segment is a sentence,
// heading, cell or item of one file. A Unit is a group of source segments
// beside the target segments that render them, a bead in the words of the
// field; it is what is reviewed.
//
// What people decide about the shape of a text, a merge, a split, a heading, is an
// Override: it is carried to the next version by where its stretch of text went.
//
// A Revision is one wording of a unit's target: number 0 is what the machine
// said, all others are people's, and none is ever changed. A Proposal puts a
// revision up for approval; one without a change says "read, no change". A
// Finding is what a check computed; a Flag is a passage a person stands behind.
// A Term is an entry of a project's glossary, which one of the checks reads; a
// project may switch checks off or lower them.
// A Decision is what somebody decided on a wording or a flag. An Event is an
// act in the log, linked to the one before by its hash. A Snapshot is the state
// of a document at a moment; a release makes one.
//
// # Texts
//
// Nobody edits bytes and nothing is ever rendered back. A file is read into
// blocks of logical text, what a reader reads, in which every piece of markup
// is one placeholder (package segmenter/layout). All wordings, spans, diffs and
// checks are on logical text. An export is the received file with the changed
// runs of the approved wordings spliced in; then it is read again, and compared.
//
// A Cleaning is a change of layout: bytes that are no text, proposed and approved
// like a wording, made on top of the wordings, and compared again. The one thing
// that is written anew is a plain text that leaves as Markdown, paragraph by
// paragraph from its lines; it is read again too, and must have the same words.
//
// The text may stand inside of the file: in another encoding, or in the parts of a
// Word document. Everything inside works on that text in UTF-8, and so do
// envelopes; exchange packs it again. In code points they are those of a file in
// another encoding, too; in bytes they are not, and of an archive they count in its
// parts.
//
// # The flow
//
//	file → exchange (format) → layout (blocks) → segmenter (sentences)
//	     → align (units) → check (findings) → workflow.Import → Store
//	bilingual file → exchange → two layouts over its bytes, and its own pairs → units
//	Store → workflow.Handout → exchange.Review → XLIFF, TMX, MQM, tables, JSON Lines → other tools
//	person → workflow (Propose, Flag, Approve …) → Store, Event
//	Store → workflow.Export → layout.Splice → file, proof
//
// # State
//
// A unit's state is never stored as a fact. It is a function of the unit's
// Record (Record.State), so undoing an act is marking its rows as undone. What
// may be done to whose work in which state, by whom, stands in one table
// (verb.go). An approval binds to the texts by ApprovalHash: whatever changes
// one of them makes the unit stale, never silently still approved. Two pairs of
// eyes are two persons: nobody's own words become approved without another one,
// but where a project lets one person do both; the record then says so.
//
// # The packages
//
//	cmd/reviseur        the program: one file a verb
//	server              the pages: one file each, and the table of what it answers
//	templates           their views, style, script and words in two languages
//	corpus              this: types, rules, errors, the Store contract
//	corpus/workflow     the verbs, as functions over a Store
//	corpus/sqlstore     the Store over SQLite; corpus/corpustest its conformance suite
//	corpus/check        the checks, one file each
//	corpus/check/phrases  set phrases of government Chinese, as data
//	corpus/exchange     the file formats, one file each
//	corpus/exchange/charset  the encodings of text files
//	corpus/diff         diffs that people can read
//	corpus/sample       the demo's documents
//	segmenter           sentences; usable on its own
//	segmenter/layout    blocks, tokens, splice; segmenter/markdown and plain read files into it
//	segmenter/align     pairs the sentences of two texts
//	segmenter/quantity  the figures of a text
//
// Imports point downwards only; cmd/reviseur/imports_test.go holds the table.
//
// # Where to add what
//
//   - a check: a file in corpus/check, a line in its registry.go, cases in its testdata;
//   - a format: a file in corpus/exchange, a line in its registry.go; export, import and validate then know it;
//   - a verb: a row in verb.go, a function in corpus/workflow, a file in cmd/reviseur;
//   - a page: a file in server with its rows of the table, a line in routes.go, a view and its words in templates;
//   - a query: a method in store.go with its contract, a case in corpustest, SQL in sqlstore;
//   - a change of the database: the next file in corpus/sqlstore/schema; old ones are never edited;
//   - a language for the segmenter: a file in segmenter/data.
//
// # What this is not
//
// It is no translation engine and no content management. It scores documents
// and engines, never people. It needs no network. It never changes a byte that
// nobody approved.
package corpus
