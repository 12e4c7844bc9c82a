package workflow

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/check"
	"github.com/reviseur/reviseur/corpus/exchange"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// edition is a unit with what is needed to judge a wording of it: the file the
// wording would go into, the neighbours, and the languages.
type edition struct {
	unit          corpus.Unit
	file          *layout.Document    // of the target; nil where none was received
	pair          *exchange.Bilingual // of a file that holds both sides; else nil
	format        exchange.Format
	options       exchange.Options // with which the target was read
	before, after corpus.Unit      // the nearest units with a target; zero where there is none
	regime        *regime
}

// record reads one record.
func (d *Desk) record(ctx context.Context, unit corpus.UnitID) (*corpus.Record, error) {
	var rec corpus.Record
	err := d.store.View(ctx, func(r corpus.Reader) (err error) {
		rec, err = r.Record(unit)
		return err
	})
	return &rec, err
}

// edition gathers what a wording of the unit is judged by.
func (d *Desk) edition(ctx context.Context, rec *corpus.Record) (ed edition, err error) {
	err = d.store.View(ctx, func(r corpus.Reader) error {
		ed, err = d.editionIn(r, rec.Unit)
		return err
	})
	return ed, err
}

// editionIn is edition inside a look at the store.
func (d *Desk) editionIn(r corpus.Reader, unit corpus.Unit) (edition, error) {
	ed := edition{unit: unit}
	v, err := r.Version(unit.Version)
	if err != nil {
		return ed, err
	}
	doc, err := r.Document(v.Document)
	if err != nil {
		return ed, err
	}
	p, err := r.Project(doc.Project)
	if err != nil {
		return ed, err
	}
	if ed.regime, err = d.regime(r, p); err != nil {
		return ed, err
	}
	if ed.format, err = exchange.ByID(doc.Format); err != nil {
		return ed, err
	}
	ed.options = exchange.OptionsOf(v.Target)
	if v.Target.Present() {
		if ed.file, err = d.layoutOf(r, doc.Format, v.Target, corpus.TargetSide); err != nil {
			return ed, err
		}
	}
	if ed.pair, err = d.pairOf(r, doc.Format, v.Target); err != nil {
		return ed, err
	}
	ed.before, ed.after, err = neighbours(r, unit)
	return ed, err
}

// neighbourReach is how many units without a target are stepped over in search
// of a neighbour that has one.
const neighbourReach = 64

// neighbours returns the nearest units before and after u that have a target.
// Nearly always that is the very next one.
func neighbours(r corpus.Reader, u corpus.Unit) (before, after corpus.Unit, err error) {
	for _, reach := range [...]int{1, neighbourReach} {
		list, err := r.UnitsBefore(u.Version, corpus.Filter{}, u.Position, reach)
		if err != nil {
			return before, after, err
		}
		slices.Reverse(list)
		if before = firstWithTarget(list); before.ID != "" {
			break
		}
	}
	for _, reach := range [...]int{1, neighbourReach} {
		list, err := r.Units(u.Version, corpus.Filter{}, u.Position, reach)
		if err != nil {
			return before, after, err
		}
		if after = firstWithTarget(list); after.ID != "" {
			break
		}
	}
	return before, after, nil
}

// firstWithTarget returns the zero unit where none has one.
func firstWithTarget(units []corpus.Unit) corpus.Unit {
	for _, u := range units {
		if len(u.Target) > 0 {
			return u
		}
	}
	return corpus.Unit{}
}

// read turns what a person typed into the logical text of a revision.
func (ed edition) read(w Wording) (string, error) {
	lines := []string{w.Text}
	if blocks := targetBlocks(ed.unit); len(blocks) > 1 {
		lines = corpus.Parts(strings.TrimSpace(w.Text))
	}
	for i, line := range lines {
		text, err := layout.Typed(strings.TrimSpace(line))
		if err != nil {
			return "", typedError(err)
		}
		lines[i] = layout.Parse(text, ed.tokens(i))
	}
	text := strings.Join(lines, "\n")
	switch {
	case strings.TrimSpace(text) != "":
		return text, nil
	case len(ed.unit.Target) == 0:
		return "", corpus.Errorf(corpus.Invalid, "a rendering of a left-out sentence cannot be empty")
	case !w.Delete:
		return "", corpus.Errorf(corpus.Invalid, "the wording is empty; if the passage should go, ask for its deletion")
	}
	return "", nil
}

// tokens returns the protected tokens of the unit's nth target block.
func (ed edition) tokens(n int) []layout.Token {
	blocks := targetBlocks(ed.unit)
	if ed.file == nil || n >= len(blocks) {
		return nil
	}
	return ed.file.Blocks[blocks[n].block].Tokens
}

func typedError(err error) error {
	var refusal *layout.Refusal
	if errors.As(err, &refusal) {
		return corpus.Errorf(corpus.Invalid, "%s", refusal.Error())
	}
	return err
}

// judgement is what is known of a wording before it is saved.
type judgement struct {
	verdict  corpus.Verdict
	findings []corpus.Finding
	risk     float64
}

// judge writes a wording into the file, reads the file again around it, and
// runs the checks.
func (ed edition) judge(text string, place corpus.Place) judgement {
	var j judgement
	if err := errors.Join(ed.strangers(text), ed.verify(text, place)); err != nil {
		j.verdict = corpus.Verdict{Bad: true, Reason: plainReason(err)}
	}
	in := ed.regime.input(ed.unit, text, ed.before, ed.after)
	j.findings = ed.regime.run(in, ed.regime.checks)
	j.risk = check.Risk(in, j.findings)
	return j
}

// risk is that of a wording with the findings that are kept of it. Those of
// whole documents stand among them, and count for nothing in it.
func (ed edition) risk(text string, findings []corpus.Finding) float64 {
	own := slices.DeleteFunc(slices.Clone(findings), func(f corpus.Finding) bool {
		c, ok := check.ByID(f.Check)
		return ok && c.RunDocument != nil
	})
	return check.Risk(ed.regime.input(ed.unit, text, ed.before, ed.after), own)
}

// strangerMark is what looks like markup that the passage does not have.
var strangerMark = regexp.MustCompile(`⟨/?[0-9]+⟩`)

// strangers refuses a mark such as ⟨2⟩ that stands for nothing in this passage:
// a slip of the pen would otherwise go out as it was typed.
func (ed edition) strangers(text string) error {
	if m := strangerMark.FindString(text); m != "" && !strings.Contains(ed.unit.Text.Target, m) && !strings.Contains(ed.unit.Text.Source, m) {
		return corpus.Errorf(corpus.Blocked, "%s stands for no markup of this passage", m)
	}
	return nil
}

func (ed edition) verify(text string, place corpus.Place) error {
	if text == ed.unit.Text.Target {
		return nil
	}
	if err := ed.format.Holds(text, ed.options); err != nil {
		return err
	}
	if len(ed.unit.Target) == 0 {
		p, err := ed.place(text, place)
		switch {
		case err != nil:
			return err
		case p.edit != nil:
			return layout.VerifyEdit(ed.file, *p.edit)
		}
		return layout.VerifyInsertion(ed.file, *p.insertion)
	}
	edits, err := edits(ed.unit, text)
	if err != nil {
		return err
	}
	for _, e := range edits {
		if err := layout.VerifyEdit(ed.file, e); err != nil {
			return err
		}
	}
	return nil
}

// plainReason is a refusal in words, without the number of a block, which
// people do not know.
func plainReason(err error) string {
	var refusal *layout.Refusal
	if errors.As(err, &refusal) {
		r := *refusal
		r.Block = -1
		return r.Error()
	}
	return corpus.Message(err)
}

// run is the contiguous part of a block that a unit's target covers.
type run struct {
	block int
	span  layout.Span
}

// targetBlocks returns the runs of the unit's target, one a block.
func targetBlocks(u corpus.Unit) []run { return runs(u.Target) }

func runs(segments []corpus.Segment) []run {
	var list []run
	for _, s := range segments {
		if n := len(list); n > 0 && list[n-1].block == s.Block {
			list[n-1].span.End = s.Span.End
			continue
		}
		list = append(list, run{s.Block, layout.Span(s.Span)})
	}
	return list
}

// edits returns the edits that put a wording in the place of the unit's target.
// A wording equal to the file's needs none.
func edits(u corpus.Unit, text string) ([]layout.Edit, error) {
	if text == u.Text.Target {
		return nil, nil
	}
	blocks := targetBlocks(u)
	if text == "" {
		var list []layout.Edit
		for _, b := range blocks {
			list = append(list, layout.Edit{Block: b.block, Span: b.span, Delete: true})
		}
		return list, nil
	}
	old, parts := corpus.Parts(u.Text.Target), corpus.Parts(text)
	if len(blocks) == 1 {
		parts = []string{text}
	}
	if len(parts) != len(blocks) {
		return nil, corpus.Errorf(corpus.Blocked, "the passage stands in %d paragraphs, so its wording needs %d lines; it has %d", len(blocks), len(blocks), len(parts))
	}
	var list []layout.Edit
	for i, b := range blocks {
		if len(blocks) > 1 && parts[i] == old[i] {
			continue
		}
		list = append(list, layout.Edit{Block: b.block, Span: b.span, Text: parts[i], Delete: parts[i] == ""})
	}
	return list, nil
}
