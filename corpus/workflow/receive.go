package workflow

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/check"
	"github.com/reviseur/reviseur/corpus/exchange"
	"github.com/reviseur/reviseur/segmenter"
	"github.com/reviseur/reviseur/segmenter/align"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// Received is one file as it was handed in.
type Received struct {
	Name  string // relative path with slashes
	Data  []byte
	Lines exchange.Lines // plain text only
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
	source, target *layout.Document // nil where not received
	units          []corpus.Unit    // texts, segments, beads, positions; without ids of versions
	findings       [][]corpus.Finding
	warnings       []string
}

// prepare reads, segments, aligns and checks a delivery. It stores nothing.
func prepare(ctx context.Context, g *regime, in Delivery, step func(Step)) (*prepared, error) {
	p := g.project
	step(Step{Stage: "read"})
	out, err := readFiles(in)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	out.warnings = append(out.warnings, languageWarnings(p, out.source, out.target)...)
	sources, targets := segmentsOf(out.source, p.Source), segmentsOf(out.target, p.Target)
	beads, err := pairUp(ctx, p, sources, targets, step)
	if err != nil {
		return nil, err
	}
	for i, b := range beads {
		out.units = append(out.units, corpus.Unit{
			ID: corpus.NewID[corpus.UnitID](), Position: int64(i+1) * positionGap,
			Source: toSegments(out.source, sources[b.Source.Start:b.Source.End]), Target: toSegments(out.target, targets[b.Target.Start:b.Target.End]),
			Bead: beadOf(b, len(sources) > 0),
		})
		u := &out.units[i]
		u.Text = corpus.Pair{Source: textOf(out.source, u.Source), Target: textOf(out.target, u.Target)}
	}
	out.findings, err = checkAll(ctx, g, out.units, step)
	return out, err
}

// readFiles reads both sides of a delivery, which must be of one format.
func readFiles(in Delivery) (*prepared, error) {
	if in.Source == nil && in.Target == nil {
		return nil, corpus.Errorf(corpus.Invalid, "a document needs a translation or a source")
	}
	out := &prepared{delivery: in}
	for _, side := range []struct {
		file *Received
		doc  **layout.Document
	}{{in.Source, &out.source}, {in.Target, &out.target}} {
		if side.file == nil {
			continue
		}
		format, err := exchange.ByName(side.file.Name)
		if err != nil {
			return nil, err
		}
		if out.format.ID != "" && out.format.ID != format.ID {
			return nil, corpus.Errorf(corpus.Unsupported, "%s:1: this is %s and %s is %s; both sides of a document need one format", in.Target.Name, format.Title, in.Source.Name, out.format.Title)
		}
		out.format = format
		if *side.doc, err = format.Read(side.file.Name, side.file.Data, exchange.Options{Lines: side.file.Lines}); err != nil {
			return nil, err
		}
		for _, n := range (*side.doc).Notices {
			line := 1 + strings.Count(string((*side.doc).Raw[:n.Span.Start]), "\n")
			out.warnings = append(out.warnings, fmt.Sprintf("%s:%d: %s", side.file.Name, line, n.Reason))
		}
	}
	return out, nil
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
func pairUp(ctx context.Context, p corpus.Project, sources, targets []layout.Segment, step func(Step)) ([]align.Bead, error) {
	if len(sources) == 0 || len(targets) == 0 {
		var beads []align.Bead
		for i := range sources {
			beads = append(beads, align.Bead{Source: align.Range{Start: i, End: i + 1}})
		}
		for i := range targets {
			beads = append(beads, align.Bead{Source: align.Range{Start: len(sources), End: len(sources)}, Target: align.Range{Start: i, End: i + 1}})
		}
		return beads, nil
	}
	return align.Align(ctx, Sentences(sources), Sentences(targets), align.Options{
		Source: p.Source, Target: p.Target, Lexicon: align.Default(p.Source, p.Target),
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

func alignKind(k layout.Kind) align.Kind {
	switch k {
	case layout.Heading:
		return align.Heading
	case layout.ListItem:
		return align.ListItem
	case layout.TableCell:
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
	if b.Doubtful {
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
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for start := range next {
				for i := start; i < min(start+slice, len(units)); i++ {
					findings[i] = g.run(inputs[i], g.checks)
					units[i].Summary.Risk = check.Risk(inputs[i], findings[i])
				}
			}
		})
	}
	for start := 0; start < len(units) && ctx.Err() == nil; start += slice {
		step(Step{"check", start, len(units)})
		next <- start
	}
	close(next)
	wg.Wait()
	if ctx.Err() != nil {
		return nil, ctx.Err()
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
func languageWarnings(p corpus.Project, source, target *layout.Document) []string {
	var list []string
	for _, r := range languageRemarks(p, source, target) {
		switch r.Oddity {
		case LooksSwapped:
			list = append(list, fmt.Sprintf("the two sides look swapped: the source reads as %s, the translation as %s", languageOf(source), languageOf(target)))
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
