package workflow

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/exchange"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// Policy says which wordings an export puts in.
type Policy string

// The policies of an export.
const (
	ApprovedOnly Policy = "approved" // what was approved; the machine's words elsewhere
	Strict       Policy = "strict"   // the same, and only if nothing is open
	LatestToo    Policy = "latest"   // the newest proposal where one waits, else as approved
)

// ParsePolicy returns the policy with the given word.
func ParsePolicy(word string) (Policy, error) {
	switch p := Policy(word); p {
	case ApprovedOnly, Strict, LatestToo:
		return p, nil
	}
	return "", corpus.Errorf(corpus.Invalid, "no policy %q: choose approved, strict or latest", word)
}

// Exported is a cleaned file with the proof that nothing else was changed.
type Exported struct {
	Document corpus.Document
	Version  corpus.Version
	Name     string // of the target file as received
	Data     []byte
	Proof    Proof
	Open     []Blocker         // what a strict export would be held back by
	Passed   []Blocker         // what is open and holds nothing back: a release lists it
	Layout   []corpus.Cleaning // the changes of layout that were made, in the order in which they were proposed
	Markdown *Conversion       // how a plain text was written as Markdown; nil where the format stayed

	cleaned cleaned
}

// Proof says what an export changed of the file as received. It is computed
// from the bytes of both files after the export was read again.
type Proof struct {
	Received string // BlobHash of the file as received
	Result   string // BlobHash of the export
	Ranges   int    // units whose wording was put in
	Layout   int    // changes of layout that were made; a heading in plain text is one, though it changes no bytes
	Outside  int    // bytes that differ outside of both: 0, or the export fails

	// Text is the text inside the file as received, in UTF-8, and Changes what
	// was changed of it. Of a file in UTF-8 that is the file; of one in another
	// encoding Outside was counted in its own bytes; of an archive, in the text
	// and in all other parts.
	Text    []byte
	Changes []layout.Change
}

func (p Proof) String() string {
	what := fmt.Sprintf("%d approved ranges", p.Ranges)
	switch {
	case p.Layout == 1:
		what += " and 1 layout change"
	case p.Layout > 1:
		what += fmt.Sprintf(" and %d layout changes", p.Layout)
	}
	return fmt.Sprintf("%d bytes changed outside %s (received sha256:%.12s, exported sha256:%.12s)", p.Outside, what, p.Received, p.Result)
}

// Blocker is something that holds a strict export or a release back, or that is
// open and would be let pass.
type Blocker struct {
	Unit   corpus.UnitID
	Number int // in reading order
	Why    Why
	What   string // ids of the checks, or categories of the flags; "" where Why says it all
}

// String is what is open of the unit, in English.
func (b Blocker) String() string {
	if b.What == "" {
		return string(b.Why)
	}
	return string(b.Why) + " (" + b.What + ")"
}

// Why is the reason for which a unit blocks.
type Why string

// The reasons for which a unit blocks.
const (
	Unanswered  Why = "nobody has answered for it"
	StillWaits  Why = "a proposal waits"
	WasReturned Why = "it was returned for a change"
	IsStale     Why = "it is stale: a text changed after it was approved"
	MajorFlag   Why = "a major flag is open"
	GraveFlag   Why = "a critical flag is open"
	NoSource    Why = "it cannot be judged without the source"
	LayoutWaits Why = "a change of layout waits"
	LayoutStale Why = "a change of layout is stale: a wording took its place after it was approved"
)

// blockers returns why a unit blocks.
func blockers(rec *corpus.Record) []Why {
	var list []Why
	switch rec.State() {
	case corpus.StateMachine:
		list = append(list, Unanswered)
	case corpus.StateProposed:
		list = append(list, StillWaits)
	case corpus.StateReturned:
		list = append(list, WasReturned)
	case corpus.StateStale:
		list = append(list, IsStale)
	}
	s := rec.Summarize()
	if s.NeedsSrc > 0 {
		list = append(list, NoSource)
	}
	switch {
	case slices.ContainsFunc(rec.OpenFlags(), func(f corpus.Flag) bool { return f.Severity == corpus.Critical }):
		list = append(list, GraveFlag)
	case s.Major > 0:
		list = append(list, MajorFlag)
	}
	return list
}

// Export returns a document's target file with wordings put in by the policy,
// and the proof. It is a working copy, whatever the policy. With Strict and
// anything open the error is of kind Blocked and Exported.Open tells what.
func (d *Desk) Export(ctx context.Context, user corpus.UserID, doc corpus.DocumentID, policy Policy) (Exported, error) {
	out, err := d.export(ctx, user, doc, policy, corpus.Export)
	if err == nil && policy == Strict && len(out.Open) > 0 {
		err = corpus.Errorf(corpus.Blocked, "%s: still open: %d", out.Document.Name, len(out.Open))
	}
	return out, err
}

// PreviewExport is Export with the approved wordings for anybody who may read
// the document: what would be changed and what is open is no secret of those
// who hand the file back. Where the wordings cannot be written together the
// error is of kind Blocked, and Exported.Open is filled in nevertheless.
func (d *Desk) PreviewExport(ctx context.Context, user corpus.UserID, doc corpus.DocumentID) (Exported, error) {
	return d.export(ctx, user, doc, ApprovedOnly, corpus.Read)
}

// export puts the file together for a user who may use the verb.
func (d *Desk) export(ctx context.Context, user corpus.UserID, doc corpus.DocumentID, policy Policy, verb corpus.Verb) (Exported, error) {
	var out Exported
	err := d.store.View(ctx, func(r corpus.Reader) error {
		var err error
		if out.Document, err = r.Document(doc); err != nil {
			return err
		}
		p, err := r.Project(out.Document.Project)
		if err != nil {
			return err
		}
		if _, err := allowed(r, p, user, verb); err != nil {
			return err
		}
		plan, err := d.plan(r, out.Document, policy)
		if err != nil {
			return err
		}
		return plan.export(&out)
	})
	return out, err
}

// plan is what an export will do, gathered in one pass over the records.
type plan struct {
	format     exchange.Format
	options    exchange.Options // with which the file was read
	received   []byte           // the file itself
	file       *layout.Document
	pair       *exchange.Bilingual // of a file that holds both sides; else nil
	version    corpus.Version
	edits      []layout.Edit
	insertions []layout.Insertion
	owner      map[int][]int // block → numbers of the units that change it
	ranges     int
	envelopes  []layout.Span // raw ranges of what the wordings replace
	open       []Blocker
	passed     []Blocker
	standings  []corpus.Standing
	approved   []*corpus.Record // state approved, not yet final

	policy      Policy
	cleanings   []corpus.Cleaning
	firstUnit   map[int]corpus.Unit // of each block
	firstNumber map[int]int
}

func (d *Desk) plan(r corpus.Reader, doc corpus.Document, policy Policy) (*plan, error) {
	p := &plan{owner: map[int][]int{}, policy: policy, firstUnit: map[int]corpus.Unit{}, firstNumber: map[int]int{}}
	var err error
	if p.version, err = r.Version(doc.Current); err != nil {
		return nil, err
	}
	if !p.version.Target.Present() {
		return nil, corpus.Errorf(corpus.Blocked, "%s has no translation to export yet", doc.Name)
	}
	if p.format, err = exchange.ByID(doc.Format); err != nil {
		return nil, err
	}
	p.options = exchange.OptionsOf(p.version.Target)
	if p.received, err = r.Blob(p.version.Target.Hash); err != nil {
		return nil, err
	}
	if p.file, err = d.layoutOf(r, doc.Format, p.version.Target, corpus.TargetSide); err != nil {
		return nil, err
	}
	if p.pair, err = d.pairOf(r, doc.Format, p.version.Target); err != nil {
		return nil, err
	}
	if p.cleanings, err = r.Cleanings(p.version.ID); err != nil {
		return nil, err
	}
	var before corpus.Unit
	var waiting []pendingPlace // left-out sentences that look for the next target
	list, err := r.Dismissals(doc.ID)
	if err != nil {
		return nil, err
	}
	dismissed := dismissedKeys(list)
	number := 0
	for rec, err := range r.Records(p.version.ID) {
		if err != nil {
			return nil, err
		}
		number++
		u := rec.Unit
		for _, s := range u.Target {
			if p.firstNumber[s.Block] == 0 {
				p.firstUnit[s.Block], p.firstNumber[s.Block] = u, number
			}
		}
		for _, why := range blockers(&rec) {
			p.open = append(p.open, Blocker{Unit: u.ID, Number: number, Why: why})
		}
		rev := rec.Current()
		if rev.Verdict.Bad && rec.State() == corpus.StateStale {
			rev = rec.Machine() // carried into a text of another build; p.open says that it is stale
		}
		if policy == LatestToo && !rec.Latest().Verdict.Bad {
			rev = rec.Latest()
		}
		let, err := passed(r, &rec, number, rev, dismissed)
		if err != nil {
			return nil, err
		}
		p.passed = append(p.passed, let...)
		p.standings = append(p.standings, corpus.Standing{Unit: u.ID, Revision: rev.ID, State: rec.State()})
		if rec.State() == corpus.StateApproved {
			keep := rec
			p.approved = append(p.approved, &keep)
		}
		if len(u.Target) == 0 {
			if rev.Text != "" {
				waiting = append(waiting, pendingPlace{edition{unit: u, file: p.file, pair: p.pair, before: before}, rev, number})
			}
			continue
		}
		for _, w := range waiting {
			w.ed.after = u
			if err := p.put(w); err != nil {
				return nil, err
			}
		}
		waiting, before = nil, u
		if err := p.replace(u, rev.Text, number); err != nil {
			return nil, err
		}
	}
	for _, w := range waiting {
		if err := p.put(w); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// pendingPlace is the rendering of a left-out sentence on its way to its place.
type pendingPlace struct {
	ed     edition
	rev    corpus.Revision
	number int
}

func (p *plan) put(w pendingPlace) error {
	if err := p.holds(w.rev.Text, w.number); err != nil {
		return err
	}
	at, err := w.ed.place(w.rev.Text, w.rev.Place)
	if err != nil {
		return err
	}
	p.ranges++
	if at.edit != nil {
		p.edits = append(p.edits, *at.edit)
		p.owner[at.edit.Block] = append(p.owner[at.edit.Block], w.number)
		return nil
	}
	p.insertions = append(p.insertions, *at.insertion)
	p.owner[at.insertion.Block] = append(p.owner[at.insertion.Block], w.number) // a slot's refusal names block 0 as well
	return nil
}

func (p *plan) replace(u corpus.Unit, text string, number int) error {
	list, err := edits(u, text)
	if err != nil || len(list) == 0 {
		return err
	}
	if err := p.holds(text, number); err != nil {
		return err
	}
	p.ranges++
	for _, e := range list {
		p.owner[e.Block] = append(p.owner[e.Block], number)
		p.envelopes = append(p.envelopes, p.file.Blocks[e.Block].Envelope(e.Span))
	}
	p.edits = append(p.edits, list...)
	return nil
}

// holds refuses the wording of a unit that the file's encoding cannot hold.
func (p *plan) holds(text string, number int) error {
	if err := p.format.Holds(text, p.options); err != nil {
		return corpus.Errorf(corpus.Blocked, "the wording of unit %d cannot be written: %s", number, corpus.Message(err))
	}
	return nil
}

// export makes the file, reads it again, and proves what was changed.
func (p *plan) export(out *Exported) error {
	out.Version, out.Name, out.Open, out.Passed = p.version, p.version.Target.Name, p.open, p.passed
	data, wordings, err := layout.Splice(p.file, p.edits, p.insertions...)
	if err == nil {
		err = layout.Verify(p.file, data, p.edits, p.insertions...)
	}
	if err != nil {
		return p.blame(err)
	}
	if at, ok := strays(p.file.Raw, wordings, p.envelopes); ok {
		return corpus.Errorf(corpus.Blocked, "the wordings of units %v can only be written by rewriting text beside them that nobody approved", p.owner[p.file.BlockAt(at)])
	}
	data, out.cleaned, err = p.clean(data, wordings)
	p.sortOpen()
	out.Open = p.open
	if err != nil {
		return err
	}
	out.Layout = out.cleaned.made
	changes := out.cleaned.changes
	if out.Data, err = p.format.Pack(out.Name, p.received, data, p.options); err != nil {
		return err
	}
	out.Proof = Proof{Received: p.version.Target.Hash, Result: corpus.BlobHash(out.Data), Ranges: p.ranges, Layout: len(out.Layout), Text: p.file.Raw, Changes: changes}
	if out.Proof.Outside, err = p.outside(data, out.Data, changes); err != nil {
		return err
	}
	if out.Proof.Received != corpus.BlobHash(p.received) {
		return corpus.Errorf(corpus.Internal, "%s: the stored file is not the one that was received; nothing was exported", out.Name)
	}
	if out.Proof.Outside != 0 {
		return corpus.Errorf(corpus.Internal, "%s: %d bytes would change outside the approved wordings; nothing was exported", out.Name, out.Proof.Outside)
	}
	return nil
}

// blame says which units cannot be written together.
func (p *plan) blame(err error) error {
	var refusal *layout.Refusal
	if !errors.As(err, &refusal) {
		return err
	}
	return &corpus.Error{Kind: corpus.Blocked, Msg: fmt.Sprintf("the wordings of units %v cannot be written into the file together: %s", p.owner[refusal.Block], plainReason(err)), Err: err}
}

// strays reports whether a change touches bytes, other than white space, that
// are in none of the envelopes, and where. The splicer may rewrite more than a
// wording where that is the only way to write it; nobody approved the rest.
func strays(raw []byte, changes []layout.Change, envelopes []layout.Span) (at int, ok bool) {
	slices.SortFunc(envelopes, func(a, b layout.Span) int { return cmp.Compare(a.Start, b.Start) })
	i := 0
	for _, c := range changes {
		old := trimSame(raw, c)
		for i < len(envelopes) && envelopes[i].End <= old.Start {
			i++
		}
		for at, j := old.Start, i; at < old.End; {
			if j < len(envelopes) && at >= envelopes[j].Start {
				at = max(at, envelopes[j].End)
				j++
				continue
			}
			if !bytes.ContainsAny(raw[at:at+1], " \t\r\n") {
				return at, true
			}
			at++
		}
	}
	return 0, false
}

// trimSame is the part of the old bytes of a change that the new ones do not
// repeat at either end.
func trimSame(raw []byte, c layout.Change) layout.Span {
	old := c.Old
	for old.Start < old.End && old.Start-c.Old.Start < len(c.New) && raw[old.Start] == c.New[old.Start-c.Old.Start] {
		old.Start++
	}
	for left := len(c.New) - (old.Start - c.Old.Start); old.End > old.Start && left > 0 && raw[old.End-1] == c.New[len(c.New)-1-(c.Old.End-old.End)]; left-- {
		old.End--
	}
	return old
}

// outside counts the bytes that an export changes outside of the changes: of the
// file itself where its bytes tell, else of the text inside and of the parts of
// the archive around it.
func (p *plan) outside(inside, data []byte, changes []layout.Change) (int, error) {
	list, ok, err := p.format.FileChanges(p.file.Raw, changes, p.options)
	if err != nil {
		return 0, err
	}
	if ok {
		return outside(p.received, data, list), nil
	}
	n, err := p.format.DifferOutside(p.received, data, inside)
	return n + outside(p.file.Raw, inside, changes), err
}

// outside counts the bytes that differ between two files outside the changes,
// from the bytes alone.
func outside(raw, out []byte, changes []layout.Change) int {
	at, to, differ := 0, 0, 0
	same := func(a, b []byte) {
		if !bytes.Equal(a, b) {
			differ += max(len(a), len(b))
		}
	}
	for _, c := range changes {
		n := c.Old.Start - at
		if n < 0 || to+n+len(c.New) > len(out) {
			return max(len(raw), len(out))
		}
		same(raw[at:c.Old.Start], out[to:to+n])
		same(c.New, out[to+n:to+n+len(c.New)])
		at, to = c.Old.End, to+n+len(c.New)
	}
	same(raw[at:], out[to:])
	return differ
}
