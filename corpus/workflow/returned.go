package workflow

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/diff"
	"github.com/reviseur/reviseur/corpus/exchange"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// ReturnedFile is what a translation that was exported, edited elsewhere and brought
// back says, beside what stands.
type ReturnedFile struct {
	// Recognised says that the file is what was exported, edited: most of it
	// reads as it stands, and where people's wordings differ from the machine's it
	// has theirs.
	Recognised bool
	// Perhaps says that it may be: nearly all of it reads as it stands, and nobody
	// has changed a word yet by which the two could be told apart. People are asked.
	Perhaps  bool
	Same     int            // units that read as they stand
	Changes  []ReturnedUnit // in reading order
	Added    []string       // paragraphs that belong to no unit; they are not taken
	Gone     []string       // paragraphs that are not in the file; what stands there stands
	Comments []ReturnedComment
}

// ReturnedComment is a comment that stands in the file, on the unit with which its
// paragraph begins. Those of people of the project are not among them.
type ReturnedComment struct {
	Unit         corpus.UnitID
	Number       int
	Author, Text string
}

// ReturnedUnit is a unit that reads otherwise in the file.
type ReturnedUnit struct {
	Unit      corpus.UnitID
	Number    int // in reading order
	Source    string
	Was, Text string   // the wording that stands, and the one in the file
	By        []string // who changed it, where the file tells; people of the project are left out
	Markup    bool     // its markup is another: it cannot be taken, and has to be written by hand
}

// Returned compares a returned file with what stands in the document's current
// version. It stores nothing.
func (d *Desk) Returned(ctx context.Context, user corpus.UserID, doc corpus.DocumentID, file Received) (ReturnedFile, error) {
	_, out, err := d.returned(ctx, user, doc, file)
	return out, err
}

// SameSource reports whether a delivery for a document has the source that
// stands, or none: only then can it be a file that comes back. Of a file that is
// both sides Returned finds out itself.
func (d *Desk) SameSource(ctx context.Context, in Delivery) (bool, error) {
	if in.Source == nil || in.Target != nil && hashOf(in.Source) == hashOf(in.Target) {
		return true, nil
	}
	same := false
	err := d.store.View(ctx, func(r corpus.Reader) error {
		doc, err := r.Document(in.VersionOf)
		if err != nil {
			return err
		}
		v, err := r.Version(doc.Current)
		same = err == nil && v.Source.Hash == hashOf(in.Source)
		return err
	})
	return same, err
}

// TakeReturned puts what reads otherwise in a returned file up as proposals of
// the person who brings it, in one act; their notes name the file. A unit for
// which the same wording waits already is left out.
func (d *Desk) TakeReturned(ctx context.Context, user corpus.UserID, doc corpus.DocumentID, file Received) (ReturnedFile, error) {
	editions, out, err := d.returned(ctx, user, doc, file)
	if err != nil {
		return out, err
	}
	var units []corpus.UnitID
	judged := map[corpus.UnitID]judgement{}
	texts := map[corpus.UnitID]string{}
	for _, c := range out.Changes {
		if c.Markup || editions[c.Unit].waits(c.Text) {
			continue
		}
		ed := editions[c.Unit].edition
		units = append(units, c.Unit)
		judged[c.Unit], texts[c.Unit] = ed.judge(c.Text, corpus.PlaceDefault), c.Text
	}
	by := map[corpus.UnitID]string{}
	for _, c := range out.Changes {
		by[c.Unit] = strings.Join(c.By, ", ")
	}
	proposed := len(units)
	comments, err := d.newComments(ctx, out.Comments)
	if err != nil {
		return out, err
	}
	for _, c := range comments {
		if !slices.Contains(units, c.Unit) {
			units = append(units, c.Unit)
		}
	}
	if len(units) == 0 {
		return out, nil
	}
	_, err = d.do(ctx, user, corpus.Propose, units, func(a *act) error {
		for _, c := range comments {
			if err := a.returnedComment(c, file.Name); err != nil {
				return err
			}
		}
		for _, id := range units[:proposed] {
			rec := a.records[id]
			if err := a.check(corpus.Propose, corpus.Object{State: rec.State()}); err != nil {
				return err
			}
			w := Wording{Unit: id, Origin: corpus.FromImport, Note: "from the returned file " + file.Name, Instruction: by[id]}
			var saved Saved
			if err := a.propose(rec, w, texts[id], rec.Current(), judged[id], &saved); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// standingUnit is a unit with its current wording on the way to being compared.
type standingUnit struct {
	edition
	rec    corpus.Record
	number int
	parts  []string // of the returned file, one a block
	markup bool
	by     []string
	found  int // parts that were found
}

func (s *standingUnit) waits(text string) bool {
	return slices.ContainsFunc(s.rec.Pending(), func(p corpus.Proposal) bool {
		rev, ok := s.rec.Revision(p.Revision)
		return ok && rev.Text == text
	})
}

// exportedBlock is a block as an export writes it, and where the units are in it.
type exportedBlock struct {
	block int // of the received file
	text  string
	parts []exportedPart
}

type exportedPart struct {
	unit *standingUnit
	part int // of its wording
	span corpus.Span
}

func (d *Desk) returned(ctx context.Context, user corpus.UserID, id corpus.DocumentID, file Received) (map[corpus.UnitID]*standingUnit, ReturnedFile, error) {
	var out ReturnedFile
	format, err := exchange.Recognise(file.Name, file.Data)
	if err != nil {
		return nil, out, err
	}
	var marked map[int]exchange.Marked
	if file.Data, marked, err = format.Accepted(file.Name, file.Data); err != nil {
		return nil, out, err
	}
	ours := map[string]bool{}
	var read *prepared
	var units []*standingUnit
	var source, target *layout.Document
	err = d.store.View(ctx, func(r corpus.Reader) error {
		doc, err := r.Document(id)
		if err != nil {
			return err
		}
		p, err := r.Project(doc.Project)
		if err != nil {
			return err
		}
		if _, err := allowed(r, p, user, corpus.Propose); err != nil {
			return err
		}
		v, err := r.Version(doc.Current)
		if err != nil {
			return err
		}
		if !v.Target.Present() {
			return corpus.Errorf(corpus.Invalid, "%s has no translation with which a file could be compared", doc.Name)
		}
		if read, err = readAs(p, v, file); err != nil {
			return err
		}
		if err := sameFormat(doc, read.format); err != nil {
			return err
		}
		if target, err = d.layoutOf(r, doc.Format, v.Target, corpus.TargetSide); err != nil {
			return err
		}
		users, err := r.Users()
		if err != nil {
			return err
		}
		for _, u := range users {
			ours[u.Name], ours[u.Display()] = true, true
		}
		if read.source != nil {
			if source, err = d.layoutOf(r, doc.Format, v.Source, corpus.SourceSide); err != nil {
				return err
			}
		}
		units, err = standingUnits(r, v.ID, edition{format: read.format, options: exchange.OptionsOf(v.Target), file: target, regime: &regime{project: p}})
		return err
	})
	if err != nil {
		return nil, out, err
	}
	out.compare(exportedBlocks(target, units), target, read.target, format, othersIn(marked, ours))
	kept, machine := 0, 0 // of the units that people worded
	index := map[corpus.UnitID]*standingUnit{}
	for _, u := range units {
		index[u.rec.Unit.ID] = u
		current := u.rec.Current().Text
		if u.found == 0 {
			continue
		}
		text := strings.Join(u.parts, "\n")
		if current != u.rec.Machine().Text {
			if nearer(text, current, u.rec.Machine().Text) {
				kept++
			} else {
				machine++
			}
		}
		if text == current && !(u.markup && strings.ContainsFunc(text, isPlaceholder)) {
			out.Same++
			continue
		}
		out.Changes = append(out.Changes, ReturnedUnit{u.rec.Unit.ID, u.number, u.rec.Unit.Text.Source, current, text, u.by, u.markup})
	}
	if read.source == nil || slices.Equal(blockTexts(source), blockTexts(read.source)) {
		out.Recognised = kept > machine && 2*out.Same >= len(units)
		out.Perhaps = kept+machine == 0 && nearlyAll*out.Same >= (nearlyAll-1)*len(units)
	}
	return index, out, nil
}

// nearlyAll is one unit in how many may read otherwise in a file that is perhaps
// the one that stands: a new run changes more than that.
const nearlyAll = 10

// readAs reads a returned file as the translation that stands was read: with
// both languages in it, and with the same line ends.
func readAs(p corpus.Project, v corpus.Version, file Received) (*prepared, error) {
	in := Delivery{Target: &file, Shared: v.Target.Shared != ""}
	if in.Shared {
		from, to, _ := strings.Cut(v.Target.Shared, ":")
		p.Source, p.Target = language.Make(from), language.Make(to)
	}
	if file.Lines == exchange.LinesDecided {
		file.Lines = exchange.OptionsOf(v.Target).Lines
	}
	return readFiles(p, in)
}

// nearer reports whether a text is more like a than like b.
func nearer(text, a, b string) bool {
	return text == a || text != b && diff.Ratio(diff.Texts(a, text)) < diff.Ratio(diff.Texts(b, text))
}

func standingUnits(r corpus.Reader, version corpus.VersionID, ed edition) ([]*standingUnit, error) {
	var units []*standingUnit
	var before corpus.Unit
	var waiting []*standingUnit
	for rec, err := range r.Records(version) {
		if err != nil {
			return nil, err
		}
		u := &standingUnit{edition: ed, rec: rec, number: len(units) + 1}
		u.unit, u.before = rec.Unit, before
		u.parts = make([]string, max(1, rec.Unit.Blocks()))
		units = append(units, u)
		if len(rec.Unit.Target) == 0 {
			waiting = append(waiting, u)
			continue
		}
		for _, w := range waiting {
			w.after = rec.Unit
		}
		if len(units) > 1 {
			units[len(units)-2].after = rec.Unit
		}
		waiting, before = nil, rec.Unit
	}
	return units, nil
}

// exportedBlocks writes the current wordings into the blocks of the received
// file, as text, and notes where each is.
func exportedBlocks(doc *layout.Document, units []*standingUnit) []exportedBlock {
	type piece struct {
		unit *standingUnit
		part int
		span layout.Span // in the received block
		text string
		glue [2]string // around a rendering that was put in
	}
	inBlock := map[int][]piece{}
	behind := map[int][]piece{} // blocks of their own
	for _, u := range units {
		current := u.rec.Current()
		if len(u.unit.Target) == 0 {
			if current.Text == "" {
				continue
			}
			at, err := u.place(current.Text, current.Place)
			switch {
			case err != nil:
			case at.insertion != nil && at.insertion.After:
				behind[at.insertion.Block] = append(behind[at.insertion.Block], piece{unit: u, text: current.Text})
			case at.insertion != nil:
				behind[at.insertion.Block-1] = append(behind[at.insertion.Block-1], piece{unit: u, text: current.Text})
			default:
				before, after, _ := strings.Cut(at.edit.Text, current.Text)
				inBlock[at.edit.Block] = append(inBlock[at.edit.Block], piece{u, 0, at.edit.Span, current.Text, [2]string{before, after}})
			}
			continue
		}
		blocks, parts := targetBlocks(u.unit), corpus.Parts(current.Text)
		if len(blocks) == 1 {
			parts = []string{current.Text}
		}
		for i, b := range blocks {
			text := ""
			if i < len(parts) {
				text = parts[i]
			}
			inBlock[b.block] = append(inBlock[b.block], piece{unit: u, part: i, span: b.span, text: text})
		}
	}
	var out []exportedBlock
	alone := func(b int) {
		for _, p := range behind[b] {
			out = append(out, exportedBlock{b, p.text, []exportedPart{{p.unit, 0, corpus.Span{End: len(p.text)}}}})
		}
	}
	alone(-1)
	for b := range doc.Blocks {
		list := inBlock[b]
		// What is put in stands before the sentence that begins there, whichever is read
		// first.
		slices.SortStableFunc(list, func(x, y piece) int {
			return cmp.Or(cmp.Compare(x.span.Start, y.span.Start), cmp.Compare(x.span.End, y.span.End))
		})
		x := exportedBlock{block: b}
		at := 0
		for _, p := range list {
			x.text += doc.Blocks[b].Text[at:p.span.Start] + p.glue[0]
			start := len(x.text)
			x.text += p.text
			x.parts = append(x.parts, exportedPart{p.unit, p.part, corpus.Span{Start: start, End: len(x.text)}})
			x.text += p.glue[1]
			at = p.span.End
		}
		x.text += doc.Blocks[b].Text[at:]
		out = append(out, x)
		alone(b)
	}
	return out
}

// compare finds the units of the export in the returned file.
func (r *ReturnedFile) compare(blocks []exportedBlock, was, is *layout.Document, format exchange.Format, marked map[int]exchange.Marked) {
	old, new := make([]corpus.Pair, len(blocks)), make([]corpus.Pair, len(is.Blocks))
	for i, b := range blocks {
		old[i].Target = b.text
	}
	strange := make([]bool, len(is.Blocks))
	for j := range is.Blocks {
		new[j].Target = is.Blocks[j].Text
	}
	from := follow(old, new)
	found := make([]bool, len(blocks))
	for j, i := range from {
		if i < 0 {
			if strings.TrimSpace(new[j].Target) != "" {
				r.Added = append(r.Added, layout.Show(new[j].Target))
			}
			continue
		}
		found[i] = true
		text := new[j].Target
		text, strange[j] = retoken(text, is.Blocks[j].Tokens, was.Blocks[blocks[i].block].Tokens, format.SameMarkup)
		r.remark(blocks[i], marked[j])
		blocks[i].take(text, strange[j])
	}
	for i, b := range blocks {
		if !found[i] && len(b.parts) > 0 {
			r.Gone = append(r.Gone, layout.Show(b.text))
		}
	}
}

// retoken writes the markup of a returned block under the numbers that the same
// markup has in the block as it was received. It reports true where some is not
// there.
func retoken(text string, is, was []layout.Token, same func(a, b layout.Token) bool) (string, bool) {
	if slices.Equal(is, was) || len(is) == 0 {
		return text, false
	}
	used := map[int]bool{}
	to := map[rune]rune{}
	numbers := map[int]int{} // both ends of a pair share one
	strange := false
	for _, t := range is {
		if n, ok := numbers[t.Number]; ok {
			to[layout.Placeholder(t)] = layout.Placeholder(layout.Token{Number: n, Close: t.Close})
			continue
		}
		i := slices.IndexFunc(was, func(w layout.Token) bool {
			return !used[w.Number] && same(w, t)
		})
		if i < 0 {
			strange = true
			continue
		}
		used[was[i].Number], numbers[t.Number] = true, was[i].Number
		to[layout.Placeholder(t)] = layout.Placeholder(was[i])
	}
	return strings.Map(func(r rune) rune {
		if n, ok := to[r]; ok {
			return n
		}
		return r
	}, text), strange
}

// take gives each unit of a block its part of the returned text. What was put in
// between two goes to the one behind it, so that nothing is passed over.
func (b *exportedBlock) take(text string, strange bool) {
	edits := diff.Texts(b.text, text)
	starts := make([]int, len(b.parts))
	for k, p := range b.parts {
		starts[k] = offsetIn(edits, p.span.Start)
	}
	for k, p := range b.parts {
		end := offsetIn(edits, p.span.End)
		switch {
		case k+1 < len(b.parts) && strings.TrimSpace(b.text[p.span.End:b.parts[k+1].span.Start]) == "":
			end = starts[k+1]
		case k+1 == len(b.parts) && strings.TrimSpace(b.text[p.span.End:]) == "":
			end = len(text)
		}
		start := starts[k]
		if k == 0 && strings.TrimSpace(b.text[:p.span.Start]) == "" {
			start = 0
		}
		p.unit.parts[p.part] = strings.TrimSpace(text[min(start, end):end])
		p.unit.found++
		p.unit.markup = p.unit.markup || strange
	}
}

// offsetIn returns the offset in the new text of edits for one in the old.
func offsetIn(edits []diff.Edit, at int) int {
	was, is := 0, 0
	for _, e := range edits {
		switch e.Op {
		case diff.Insert:
			if was == at {
				return is
			}
			is += len(e.Text)
		case diff.Delete:
			if was+len(e.Text) > at {
				return is
			}
			was += len(e.Text)
		case diff.Equal:
			if was+len(e.Text) > at {
				return is + at - was
			}
			was, is = was+len(e.Text), is+len(e.Text)
		}
	}
	return is
}
