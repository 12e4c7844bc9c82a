package workflow

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/check"
	"github.com/reviseur/reviseur/corpus/exchange"
	"github.com/reviseur/reviseur/corpus/exchange/charset"
	"github.com/reviseur/reviseur/segmenter"
	"github.com/reviseur/reviseur/segmenter/align"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// Received is one file as it was handed in.
type Received struct {
	Name  string // relative path with slashes
	Data  []byte
	Lines exchange.Lines // plain text only
	// Encoding is what a person says of a file of Markdown or plain text; "":
	// found by its bytes.
	Encoding charset.Encoding
}

// Delivery is what is handed in for one document: a translation, a source, or
// both, and the run they came from.
type Delivery struct {
	Name      string // of the document
	Source    *Received
	Target    *Received
	Engine    string
	Label     string
	VersionOf corpus.DocumentID // a new version of this document; "" for a new document
	Shared    bool              // the one file holds both languages in turns, and is both sides
}

// Step tells how far a long task is. Stage is a stable word: "read", "align",
// "check", "store".
type Step struct {
	Stage       string
	Done, Total int
}

// prepared is a delivery taken apart, before anything is stored.
type prepared struct {
	delivery       Delivery
	format         exchange.Format
	source, target *layout.Document    // nil where not received
	pair           *exchange.Bilingual // of a file that holds both sides; else nil
	review         *exchange.Review    // of a file that holds a document with its review; else nil
	units          []corpus.Unit       // texts, segments, beads, positions; without ids of versions
	findings       [][]corpus.Finding
	warnings       []string
	shape          *shape // what people decided on the version before; nil for a new document
}

// prepare reads, segments, aligns and checks a delivery. It stores nothing.
func (d *Desk) prepare(ctx context.Context, g *regime, in Delivery, step func(Step)) (*prepared, error) {
	p := g.project
	step(Step{Stage: "read"})
	out, err := readFiles(p, in)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if out.review != nil {
		if in.VersionOf != "" {
			return nil, corpus.Errorf(corpus.Unsupported, "%s:1: a review is taken as a document of its own, not as a version of another", out.delivery.Target.Name)
		}
		if out.review.Unchecked {
			err = checkReview(ctx, g, out.review, step)
		}
		return out, err
	}
	if in = out.delivery; !in.Shared {
		out.warnings = append(out.warnings, out.languageWarnings(p)...)
	}
	var learned *align.Lexicon
	err = d.store.View(ctx, func(r corpus.Reader) (err error) {
		if in.VersionOf != "" {
			if out.shape, err = d.shapeOf(r, in.VersionOf); err != nil {
				return err
			}
		}
		if out.source != nil && out.target != nil && out.pair == nil {
			learned, err = d.learned(r, p, in.VersionOf)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if out.pair != nil {
		out.units = pairedUnits(out.pair)
	} else if out.units, err = out.alignedUnits(ctx, p, learned, step); err != nil {
		return nil, err
	}
	for i := range out.units {
		u := &out.units[i]
		u.ID, u.Position = corpus.NewID[corpus.UnitID](), int64(i+1)*positionGap
		u.Text = corpus.Pair{Source: textOf(out.source, u.Source), Target: textOf(out.target, u.Target)}
	}
	guess(out.source, func(u *corpus.Unit) []corpus.Segment { return u.Source }, out.units)
	guess(out.target, func(u *corpus.Unit) []corpus.Segment { return u.Target }, out.units)
	out.shape.judge(out.units)
	out.shape.label(out.units)
	if out.shape != nil {
		out.warnings = append(out.warnings, out.shape.lost...)
	}
	out.findings, err = checkAll(ctx, g, out.units, step)
	return out, err
}

// readFiles reads both sides of a delivery, which must be of one format. A
// bilingual file is both sides, whichever it was handed in as.
func readFiles(p corpus.Project, in Delivery) (*prepared, error) {
	in, err := in.shared()
	if err != nil {
		return nil, err
	}
	if in.Source == nil && in.Target == nil {
		return nil, corpus.Errorf(corpus.Invalid, "a document needs a translation or a source")
	}
	out := &prepared{delivery: in}
	for _, side := range []struct {
		file *Received
		doc  **layout.Document
	}{{in.Source, &out.source}, {in.Target, &out.target}} {
		if side.file == nil || in.Shared && side.doc == &out.source {
			continue
		}
		format, err := exchange.Recognise(side.file.Name, side.file.Data)
		if err != nil {
			return nil, err
		}
		if out.format.ID != "" && out.format.ID != format.ID {
			return nil, corpus.Errorf(corpus.Unsupported, "%s:1: this is %s and %s is %s; both sides of a document need one format", in.Target.Name, format.Title, in.Source.Name, out.format.Title)
		}
		out.format = format
		switch {
		case format.Bilingual():
			return out, out.readPair()
		case format.Remembers():
			m, err := format.ReadMemory(side.file.Name, side.file.Data)
			if err != nil {
				return nil, err
			}
			return nil, corpus.Errorf(corpus.Unsupported, "%s:1: this is a translation memory of %d units in %s; it can be read, but this program does not keep memories yet", side.file.Name, len(m.Units), strings.Join(m.Languages(), ", "))
		case format.Tabulates():
			if _, err := format.ReadTable(side.file.Name, side.file.Data); err != nil {
				return nil, err
			}
			return nil, corpus.Errorf(corpus.Unsupported, "%s:1: a review table is no document; it is merged into the document that it came from", side.file.Name)
		case format.Defines():
			g, err := format.ReadGlossary(side.file.Name, side.file.Data)
			if err != nil {
				return nil, err
			}
			return nil, corpus.Errorf(corpus.Unsupported, "%s:1: this is a glossary of %d concepts, no document; it is taken on the page of the glossary", side.file.Name, len(g.Concepts))
		case !format.Monolingual():
			return out, out.readReview(side.file)
		}
		if *side.doc, err = format.Read(side.file.Name, side.file.Data, exchange.Options{Lines: side.file.Lines, Encoding: side.file.Encoding}); err != nil {
			return nil, err
		}
		out.encodings(format, side.file)
		out.notices(side.file.Name, *side.doc)
	}
	if in.Shared {
		out.source, out.target, err = takeApart(p, in.Target.Name, out.target)
	}
	return out, err
}

// readPair reads a file that holds both sides.
func (p *prepared) readPair() error {
	in := p.delivery.bothSides()
	if in.Source != in.Target && hashOf(in.Source) != hashOf(in.Target) {
		return corpus.Errorf(corpus.Unsupported, "%s:1: %s holds a text beside its translation; it is handed in alone", in.Target.Name, p.format.Title)
	}
	pair, err := p.format.ReadPair(in.Target.Name, in.Target.Data)
	if err != nil {
		return err
	}
	p.delivery, p.pair, p.source, p.target = in, pair, pair.Source, pair.Target
	p.notices(in.Target.Name, pair.Target)
	return nil
}

// readReview reads a file that holds a document with all that was done to it.
func (p *prepared) readReview(file *Received) error {
	if p.delivery.Source != nil && p.delivery.Target != nil {
		return corpus.Errorf(corpus.Unsupported, "%s:1: %s holds a document whole; it is handed in alone", file.Name, p.format.Title)
	}
	var err error
	if p.review, err = p.format.Restore(file.Name, file.Data); err != nil {
		return err
	}
	p.delivery.Source, p.delivery.Target = nil, file
	p.source, p.target = p.review.Source, p.review.Target
	return nil
}

// bothSides makes a lone bilingual file both sides of its document; any other
// delivery stays as it is.
func (in Delivery) bothSides() Delivery {
	lone := cmp.Or(in.Target, in.Source)
	if lone == nil || in.Source != nil && in.Target != nil {
		return in
	}
	if f, err := exchange.Recognise(lone.Name, lone.Data); err == nil && f.Bilingual() {
		in.Source, in.Target = lone, lone
	}
	return in
}

// encodings says in which encoding a file was found to be, where that is not
// UTF-8, and in which else it could be.
func (p *prepared) encodings(format exchange.Format, f *Received) {
	if f.Encoding != "" {
		return
	}
	if words := EncodingWords(format.DetectEncoding(f.Data)); words != "" {
		p.warnings = append(p.warnings, fmt.Sprintf("%s:1: %s", f.Name, words))
	}
}

// optionsOf are the options with which a file of the delivery was read.
func (p *prepared) optionsOf(f *Received) exchange.Options {
	if f == nil {
		return exchange.Options{}
	}
	return p.format.Resolved(f.Data, exchange.Options{Lines: f.Lines, Encoding: f.Encoding})
}

// EncodingWords says in English in which encoding a file was found to be; ""
// for UTF-8.
func EncodingWords(found charset.Found) string {
	if found.Encoding == charset.UTF8 {
		return ""
	}
	words := found.Encoding.Title() + ", found by its bytes"
	if found.Mark {
		words = found.Encoding.Title() + ", said by its byte order mark"
	}
	for i, e := range found.Also {
		words += []string{"; it could be ", " or "}[min(i, 1)] + e.Title()
	}
	return words
}

// notices turns what a file's reader remarked into warnings.
func (p *prepared) notices(name string, doc *layout.Document) {
	for _, n := range doc.Notices {
		line := 1 + bytes.Count(doc.Raw[:n.Span.Start], []byte("\n"))
		p.warnings = append(p.warnings, fmt.Sprintf("%s:%d: %s", name, line, n.Reason))
	}
}

// alignedUnits cuts both sides into sentences and pairs them, as people had it in
// the version before.
func (p *prepared) alignedUnits(ctx context.Context, project corpus.Project, learned *align.Lexicon, step func(Step)) ([]corpus.Unit, error) {
	sources, targets, pins := p.shape.apply(p, segmentsOf(p.source, project.Source), segmentsOf(p.target, project.Target))
	beads, err := pairUp(ctx, project, sources, targets, pins, learned, step)
	if err != nil {
		return nil, err
	}
	var units []corpus.Unit
	for _, b := range p.shape.tie(beads, sources, targets) {
		units = append(units, corpus.Unit{
			Source: toSegments(p.source, sources.of(b.Source)), Target: toSegments(p.target, targets.of(b.Target)),
			Bead: beadOf(b, sources.groups() > 0),
		})
	}
	return units, nil
}

// pairedUnits takes the pairs of a bilingual file as they are: whoever made the
// file made them.
func pairedUnits(pair *exchange.Bilingual) []corpus.Unit {
	units := make([]corpus.Unit, len(pair.Beads))
	for i, b := range pair.Beads {
		units[i] = corpus.Unit{Source: wholeBlocks(pair.Source, b.Source), Target: wholeBlocks(pair.Target, b.Target), Bead: corpus.Bead{Status: corpus.BeadConfirmed}}
	}
	return units
}

// wholeBlocks makes a segment of each of the blocks.
func wholeBlocks(doc *layout.Document, blocks []int) []corpus.Segment {
	var list []corpus.Segment
	for _, i := range blocks {
		b := &doc.Blocks[i]
		span := layout.Span{End: len(b.Text)}
		list = append(list, corpus.Segment{Block: i, Span: corpus.Span(span), Envelope: corpus.Span(b.Envelope(span)), Kind: b.Kind.String(), Level: b.Level})
	}
	return list
}

// positionGap is the distance of neighbouring units' positions when a version
// comes in: room for 32 splits at any one place.
const positionGap = 1 << 32

// segmentsOf cuts a file into sentences; there are none in a file not received.
func segmentsOf(doc *layout.Document, lang language.Tag) []layout.Segment {
	if doc == nil {
		return nil
	}
	return layout.Segments(doc, lang)
}

// pairUp aligns the two sides. Where one is missing each sentence of the other
// is a unit of its own.
func pairUp(ctx context.Context, p corpus.Project, sources, targets sideShape, pins []align.Pin, learned *align.Lexicon, step func(Step)) ([]align.Bead, error) {
	if n := sources.groups(); n == 0 || targets.groups() == 0 {
		var beads []align.Bead
		for i := range n {
			beads = append(beads, align.Bead{Source: align.Range{Start: i, End: i + 1}})
		}
		for i := range targets.groups() {
			beads = append(beads, align.Bead{Source: align.Range{Start: n, End: n}, Target: align.Range{Start: i, End: i + 1}})
		}
		return beads, nil
	}
	return align.Align(ctx, sources.sentences(), targets.sentences(), align.Options{
		Source: p.Source, Target: p.Target, Lexicon: align.Default(p.Source, p.Target), Learned: learned, Pins: pins,
		Progress: func(done, total int) { step(Step{"align", done, total}) },
	})
}

// Sentences returns the segments of a file as the aligner sees them.
func Sentences(segments []layout.Segment) []align.Sentence {
	list := make([]align.Sentence, len(segments))
	for i, s := range segments {
		list[i] = align.Sentence{Text: s.Text, Block: s.Block, Kind: alignKind(s.Kind)}
	}
	return list
}

func alignKind(k layout.Kind) align.Kind { return alignKindNamed(k.String()) }

// alignKindNamed is alignKind for the word that a record keeps of a kind.
func alignKindNamed(word string) align.Kind {
	switch word {
	case layout.Heading.String():
		return align.Heading
	case layout.ListItem.String():
		return align.ListItem
	case layout.TableCell.String():
		return align.TableCell
	}
	return align.Paragraph
}

// beadOf is what the record keeps of a bead; without a source there was nothing
// to align.
func beadOf(b align.Bead, aligned bool) corpus.Bead {
	if !aligned {
		return corpus.Bead{Status: corpus.BeadConfirmed}
	}
	bead := corpus.Bead{Status: corpus.BeadAuto, Score: b.Score, Margin: b.Margin}
	switch {
	case b.Margin == align.Pinned:
		bead.Status = corpus.BeadConfirmed
	case b.Doubtful:
		bead.Status = corpus.BeadDoubtful
	}
	for _, r := range b.Reasons {
		bead.Reasons = append(bead.Reasons, strings.Join(append([]string{r.ID}, r.Args...), " "))
	}
	return bead
}

func toSegments(doc *layout.Document, list []layout.Segment) []corpus.Segment {
	out := make([]corpus.Segment, len(list))
	for i, s := range list {
		out[i] = corpus.Segment{Block: s.Block, Span: corpus.Span(s.Span), Envelope: corpus.Span(s.Envelope), Kind: s.Kind.String(), Level: doc.Blocks[s.Block].Level}
	}
	return out
}

// textOf returns the logical text of adjacent segments: what stands between two
// of one block stands between them here, and blocks are divided by line ends.
func textOf(doc *layout.Document, segments []corpus.Segment) string {
	var parts []string
	for _, r := range runs(segments) {
		parts = append(parts, doc.Blocks[r.block].Text[r.span.Start:r.span.End])
	}
	return strings.Join(parts, "\n")
}

// checkAll runs the checks over units on all cores, then those that need the
// whole document, and fills in the parts of the units' summaries that findings
// decide.
func checkAll(ctx context.Context, g *regime, units []corpus.Unit, step func(Step)) ([][]corpus.Finding, error) {
	inputs := make([]check.Input, len(units))
	for i, u := range units {
		inputs[i] = g.input(u, u.Text.Target, nearest(units, i, -1), nearest(units, i, +1))
	}
	findings := make([][]corpus.Finding, len(units))
	const slice = 256
	var wg sync.WaitGroup
	next := make(chan int)
	faults := make([]error, runtime.GOMAXPROCS(0))
	for n := range faults {
		wg.Go(func() {
			for start := range next {
				err := corpus.Caught("the checks broke down", func() error {
					for i := start; i < min(start+slice, len(units)); i++ {
						findings[i] = g.run(inputs[i], g.checks)
						units[i].Summary.Risk = check.Risk(inputs[i], findings[i])
					}
					return nil
				})
				faults[n] = errors.Join(faults[n], err)
			}
		})
	}
	for start := 0; start < len(units) && ctx.Err() == nil; start += slice {
		step(Step{"check", start, len(units)})
		next <- start
	}
	close(next)
	wg.Wait()
	if err := cmp.Or(ctx.Err(), errors.Join(faults...)); err != nil {
		return nil, err
	}
	if len(units) > 0 {
		for i, f := range g.runDocument(inputs, g.checks) {
			findings[i] = append(findings[i], f...)
		}
	}
	for i := range units {
		weighFindings(&units[i], findings[i], nil)
	}
	return findings, nil
}

// languageWarnings are the language remarks as sentences.
func (in *prepared) languageWarnings(p corpus.Project) []string {
	var list []string
	for _, r := range in.languageRemarks(p) {
		switch r.Oddity {
		case LooksSwapped:
			list = append(list, fmt.Sprintf("the two sides look swapped: the source reads as %s, the translation as %s", languageOf(in.source), languageOf(in.target)))
		case OtherSource:
			list = append(list, fmt.Sprintf("the source reads as %s, not as %s", r.About, base(p.Source)))
		case OtherTarget:
			list = append(list, fmt.Sprintf("the translation reads as %s, not as %s", r.About, base(p.Target)))
		}
	}
	return list
}

func base(tag language.Tag) string {
	b, _ := tag.Base()
	return b.String()
}

var noLanguage = language.Base{}

// languageOf guesses the language of a file from the scripts of its text.
func languageOf(doc *layout.Document) language.Base {
	if doc == nil {
		return noLanguage
	}
	var b strings.Builder
	for _, block := range doc.Blocks {
		b.WriteString(block.Text)
		b.WriteByte('\n')
		if b.Len() > 64<<10 {
			break
		}
	}
	tag := segmenter.Detect(b.String())
	if tag == language.Und {
		return noLanguage
	}
	base, _ := tag.Base()
	return base
}

// sameScript reports whether two languages are written alike, so that a guess
// by script cannot tell them apart.
func sameScript(a, b language.Base) bool {
	x, _ := language.Make(a.String()).Script()
	y, _ := language.Make(b.String()).Script()
	return x == y || (isHan(x) && isHan(y))
}

func isHan(s language.Script) bool { return strings.HasPrefix(s.String(), "Han") }
