package align

import (
	"context"
	"strconv"
	"unicode"
)

// aligner holds what is known about one pair of texts while it is aligned.
type aligner struct {
	source, target           []unit // the sentences
	sourceWords, targetWords *vocabulary
	dictionary               []pair
	table                    *table
	usual                    float64 // share of words with a counterpart in their bead
	params
	refined params // what the last pass has made of them
	*scratch
	progress *progress
}

// region is a stretch of both sides to be aligned by itself.
type region struct {
	i0, i1, j0, j1 int
	margin         float32 // how sure its borders are
}

func align(ctx context.Context, source, target []Sentence, pins []Pin, o Options) ([]Bead, error) {
	a, err := newAligner(ctx, source, target, o)
	if err != nil {
		return nil, err
	}
	open := between(pins, len(source), len(target))
	regions := open
	if blocked(source, target) {
		if regions, err = a.byBlocks(ctx, source, target, regions, o.Fast); err != nil {
			return nil, err
		}
	}
	steps, err := a.passes(ctx, a.source, a.target, regions, o.Fast)
	if err != nil {
		return nil, err
	}
	if len(pins) > 0 {
		if steps, err = a.rejoin(ctx, steps, open); err != nil {
			return nil, err
		}
	}
	beads := make([]Bead, 0, len(steps)+len(pins))
	for k, st := range steps {
		if k%checkEvery == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		for len(pins) > 0 && (pins[0].Source.Start < int(st.i1) || pins[0].Target.Start < int(st.j1)) {
			beads, pins = append(beads, pinned(pins[0])), pins[1:]
		}
		beads = append(beads, a.explain(st))
	}
	for _, p := range pins {
		beads = append(beads, pinned(p))
	}
	return beads, nil
}

func newAligner(ctx context.Context, source, target []Sentence, o Options) (*aligner, error) {
	lexicons := shelf(o.Lexicon, o.Dictionary, o.Learned)
	sb, _ := o.Source.Base()
	tb, _ := o.Target.Base()
	sc, tc := newCutter(lexicons, sb.String()), newCutter(lexicons, tb.String())
	a := &aligner{sourceWords: newVocabulary(), targetWords: newVocabulary(), params: defaultParams()}
	a.progress = &progress{report: o.Progress, total: len(source) + len(target)}
	a.progress.expect(len(source))
	if blocked(source, target) {
		a.progress.expect(len(blocks(source)))
	}
	var err error
	if a.source, err = units(ctx, source, sc, a.sourceWords, a.progress); err != nil {
		return nil, err
	}
	if a.target, err = units(ctx, target, tc, a.targetWords, a.progress); err != nil {
		return nil, err
	}
	a.dictionary = dictionaryPairs(a.sourceWords, a.targetWords, sc, tc, lexicons)
	a.table = newTable(a.sourceWords, a.targetWords, a.dictionary, nil)
	a.scratch = newScratch(len(a.targetWords.words))
	a.lengthRatio(a.source, a.target, chinese(sb), chinese(tb))
	return a, nil
}

// units reads sentences into units.
func units(ctx context.Context, list []Sentence, c *cutter, v *vocabulary, p *progress) ([]unit, error) {
	out := make([]unit, len(list))
	for i, s := range list {
		if i%checkEvery == 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			p.rows(min(checkEvery, len(list)-i))
		}
		text := s.Text
		if i == 0 || list[i-1].Block != s.Block {
			out[i].opens = true
			out[i].label, text = parseLabel(text)
			if s.Number != "" {
				if out[i].label.class == unlabelled {
					out[i].label.class = item
				}
				out[i].label.number = plainNumeral(s.Number)
			}
		}
		out[i].kind = s.Kind
		out[i].first, out[i].last = edgesOf(text)
		for _, t := range c.tokens(text) {
			out[i].words = append(out[i].words, v.id(t))
		}
		for _, r := range s.Text {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				out[i].length++
			}
		}
	}
	return out, nil
}

// passes aligns units within regions: a first pass with what is known, then, unless fast, a
// second with what the first has taught.
func (a *aligner) passes(ctx context.Context, source, target []unit, regions []region, fast bool) ([]step, error) {
	paths := make([][]step, len(regions))
	p := a.params
	along := func(find func(*search, []step) ([]step, error)) ([]step, error) {
		var all []step
		for k, r := range regions {
			s := newSearch(p, source[r.i0:r.i1], target[r.j0:r.j1], a.table, a.scratch)
			var err error
			if paths[k], err = find(s, paths[k]); err != nil {
				return nil, err
			}
			all = append(all, r.place(paths[k])...)
		}
		return all, nil
	}
	all, err := along(func(s *search, _ []step) ([]step, error) { return s.first(ctx, a.progress) })
	if err != nil {
		return nil, err
	}
	// The first path was found as if hardly anything were left out. Where much is, it takes one
	// more look to see how much.
	a.usual = a.coverage(source, target, all)
	p.estimate(source, target, all, a.usual)
	all, err = along(func(s *search, path []step) ([]step, error) { return s.refine(ctx, path, a.progress) })
	if err != nil {
		return nil, err
	}
	a.usual = a.coverage(source, target, all)
	p.estimate(source, target, all, a.usual)
	a.refined = p
	if !fast {
		learned, err := learn(ctx, lessons(source, target, all), len(a.sourceWords.words), len(a.targetWords.words))
		if err != nil {
			return nil, err
		}
		a.table = newTable(a.sourceWords, a.targetWords, a.dictionary, learned)
	}
	return along(func(s *search, path []step) ([]step, error) { return s.second(ctx, path, a.progress) })
}

// place moves steps from the region's own counting to that of the lists.
func (r region) place(steps []step) []step {
	out := make([]step, len(steps))
	for k, s := range steps {
		s.i0, s.i1 = s.i0+int32(r.i0), s.i1+int32(r.i0)
		s.j0, s.j1 = s.j0+int32(r.j0), s.j1+int32(r.j0)
		s.margin = min(s.margin, r.margin)
		out[k] = s
	}
	return out
}

// lessons are the small beads of a path.
func lessons(source, target []unit, steps []step) []lesson {
	var list []lesson
	for _, st := range steps {
		if st.i0 == st.i1 || st.j0 == st.j1 || st.i1-st.i0+st.j1-st.j0 > 3 {
			continue
		}
		var l lesson
		for _, u := range source[st.i0:st.i1] {
			l.source = append(l.source, u.words...)
		}
		for _, u := range target[st.j0:st.j1] {
			l.target = append(l.target, u.words...)
		}
		list = append(list, l)
	}
	return list
}

// progress counts the sentences that are read and the rows of the search, and reports them; the
// rows are gone over four times.
type progress struct {
	report      func(done, total int)
	done, total int
}

const runsPerPass = 4

// expect announces that so many rows will be gone over.
func (p *progress) expect(rows int) { p.total += runsPerPass * rows }

func (p *progress) rows(n int) {
	p.done += n
	if p.report != nil {
		p.report(min(p.done, p.total), p.total)
	}
}

func inverse(s string) string {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || f == 0 {
		return s
	}
	return times(1 / f)
}

// times writes a ratio with two digits that count.
func times(x float64) string {
	if x < 1 {
		return strconv.FormatFloat(x, 'f', 2, 64)
	}
	return strconv.FormatFloat(x, 'f', 1, 64)
}
