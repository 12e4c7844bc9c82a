package workflow

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/align"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// shape is what people decided about the text of the version before, on its way
// to a new one.
type shape struct {
	version corpus.Version // the one before
	files   pairOfFiles    // of it
	wishes  []wish
	units   []corpus.Unit              // of it
	held    int                        // of them, whose pairing stands
	seen    map[corpus.OverrideID]bool // those read when the files came in
	kept    int
	lost    []string
}

// wish is an override with its place in the new files.
type wish struct {
	corpus.Override
	source, target corpus.Stretch
	half           bool   // one of its sides has no place any more
	words          string // where it stood, for people
	why            lossReason
	unit           int // index of the unit in which it came true; -1 for none
}

// shapeOf reads what people decided about a document's current version.
func (d *Desk) shapeOf(r corpus.Reader, id corpus.DocumentID) (*shape, error) {
	s := &shape{seen: map[corpus.OverrideID]bool{}}
	doc, err := r.Document(id)
	if err != nil {
		return nil, err
	}
	if s.version, err = r.Version(doc.Current); err != nil {
		return nil, err
	}
	list, err := standingOverrides(r, doc.Current)
	if err != nil {
		return nil, err
	}
	if s.units, s.held, err = heldUnits(r, doc.Current); err != nil || len(list)+s.held == 0 {
		return s, err
	}
	if s.files, err = d.filesOfVersion(r, doc.Format, s.version); err != nil {
		return nil, err
	}
	for _, o := range list {
		s.seen[o.ID] = true
		s.wishes = append(s.wishes, wish{Override: o, words: excerpt(s.files, o), unit: -1})
	}
	return s, nil
}

// standingOverrides returns those that count: of units that stand, and the
// newest of each block.
func standingOverrides(r corpus.Reader, v corpus.VersionID) ([]corpus.Override, error) {
	all, err := r.Overrides(v)
	if err != nil {
		return nil, err
	}
	labels := map[[2]corpus.Stretch]corpus.OverrideID{}
	for _, o := range all {
		if o.Kind != corpus.OneUnit {
			labels[[2]corpus.Stretch{o.Source, o.Target}] = o.ID
		}
	}
	var list []corpus.Override
	for _, o := range all {
		if o.Kind != corpus.OneUnit {
			if labels[[2]corpus.Stretch{o.Source, o.Target}] == o.ID {
				list = append(list, o)
			}
			continue
		}
		u, err := r.Unit(o.Unit)
		if err != nil {
			return nil, err
		}
		if !u.Retired {
			list = append(list, o)
		}
	}
	return list, nil
}

// excerptLength is how many characters of a text name it to people.
const excerptLength = 40

// excerpt is the beginning of the text an override was made on.
func excerpt(f pairOfFiles, o corpus.Override) string {
	text, _ := stretchText(f.target, o.Target)
	if !o.Target.Present() {
		text, _ = stretchText(f.source, o.Source)
	}
	text = layout.Show(strings.ReplaceAll(text, "\n", " "))
	if utf8.RuneCountInString(text) <= excerptLength {
		return text
	}
	return strings.TrimSpace(string([]rune(text)[:excerptLength])) + "…"
}

// sideShape is one side's sentences as they are given to the aligner: groups of
// segments that stay together.
type sideShape struct {
	segments []layout.Segment
	starts   []int // index of the first segment of each group, and the number of segments at the end
}

func loose(segments []layout.Segment) sideShape {
	s := sideShape{segments: segments, starts: make([]int, len(segments)+1)}
	for i := range s.starts {
		s.starts[i] = i
	}
	return s
}

// groups is how many there are.
func (s sideShape) groups() int { return max(0, len(s.starts)-1) }

// of returns the segments of a range of groups.
func (s sideShape) of(r align.Range) []layout.Segment {
	if s.groups() == 0 {
		return nil
	}
	return s.segments[s.starts[r.Start]:s.starts[r.End]]
}

// sentences are the groups as the aligner sees them.
func (s sideShape) sentences() []align.Sentence {
	if s.groups() == len(s.segments) {
		return Sentences(s.segments)
	}
	list := make([]align.Sentence, s.groups())
	for g := range list {
		part := s.of(align.Range{Start: g, End: g + 1})
		texts := make([]string, len(part))
		for i, p := range part {
			texts[i] = p.Text
		}
		list[g] = align.Sentence{Text: strings.Join(texts, gap(part[0].Text)), Block: part[0].Block, Kind: alignKind(part[0].Kind)}
	}
	return list
}

// group returns the group that is exactly the stretch.
func (s sideShape) group(t corpus.Stretch) (int, bool) {
	for g := range s.groups() {
		part := s.of(align.Range{Start: g, End: g + 1})
		first, last := part[0], part[len(part)-1]
		if first.Block == t.First && first.Span.Start == t.Start && last.Block == t.Last && last.Span.End == t.End {
			return g, true
		}
	}
	return 0, false
}

// apply finds the places of all wishes in the new files, cuts the sentences there
// and ties together what is one unit. It returns the pairs that are settled by it.
func (s *shape) apply(in *prepared, sources, targets []layout.Segment) (source, target sideShape, pins []align.Pin) {
	source, target = loose(sources), loose(targets)
	if s == nil || len(s.wishes)+s.held == 0 {
		return source, target, nil
	}
	from, to := trackBlocks(s.files.source, in.source), trackBlocks(s.files.target, in.target)
	for i := range s.wishes {
		w := &s.wishes[i]
		var whySource, whyTarget lossReason
		if w.Source.Present() {
			w.source, whySource = from.follows(w.Source)
		}
		if w.Target.Present() {
			w.target, whyTarget = to.follows(w.Target)
		}
		why := whyTarget
		if why == placed {
			why = whySource
		}
		// Where one side has no place the other is still tied together, once its
		// sentences are paired, but not cut: half a sentence beside a whole one would
		// say the rest of it twice.
		switch {
		case !w.source.Present() && !w.target.Present():
			w.why = why
		case why != placed && w.Kind == corpus.OneUnit && (w.source.Present() && !source.bounds(w.source) || w.target.Present() && !target.bounds(w.target)):
			w.source, w.target, w.why = corpus.Stretch{}, corpus.Stretch{}, why
		}
		w.half = w.why == placed && why != placed
	}
	source.impose(in.source, s.wishes, func(w *wish) *corpus.Stretch { return &w.source })
	target.impose(in.target, s.wishes, func(w *wish) *corpus.Stretch { return &w.target })
	pins = s.pins(source, target)
	return source, target, append(pins, s.hold(source, target, pins)...)
}

// impose cuts the side's segments at the edges of the stretches of units, and
// ties each stretch together. A stretch across another one is given up.
func (s *sideShape) impose(doc *layout.Document, wishes []wish, side func(*wish) *corpus.Stretch) {
	var taken []corpus.Stretch
	for i := range wishes {
		w := &wishes[i]
		t := side(w)
		if w.Kind != corpus.OneUnit || w.half || !t.Present() {
			continue
		}
		if slices.ContainsFunc(taken, func(o corpus.Stretch) bool { return overlaps(o, *t) }) {
			*t, w.why = corpus.Stretch{}, lostCross
			continue
		}
		taken = append(taken, *t)
		s.cutAt(doc, t.First, t.Start)
		s.cutAt(doc, t.Last, t.End)
	}
	inside := func(seg layout.Segment) int {
		return slices.IndexFunc(taken, func(t corpus.Stretch) bool {
			return !before(seg.Block, seg.Span.Start, t.First, t.Start) && !before(t.Last, t.End, seg.Block, seg.Span.End)
		})
	}
	s.starts = s.starts[:0]
	last := -1
	for i, seg := range s.segments {
		in := inside(seg)
		if in < 0 || in != last {
			s.starts = append(s.starts, i)
		}
		last = in
	}
	s.starts = append(s.starts, len(s.segments))
}

// bounds reports whether a stretch begins and ends where segments do.
func (s sideShape) bounds(t corpus.Stretch) bool {
	starts, ends := false, false
	for _, seg := range s.segments {
		starts = starts || seg.Block == t.First && seg.Span.Start == t.Start
		ends = ends || seg.Block == t.Last && seg.Span.End == t.End
	}
	return starts && ends
}

// before reports whether a place in a file comes before another.
func before(blockA, a, blockB, b int) bool { return blockA < blockB || blockA == blockB && a < b }

func overlaps(a, b corpus.Stretch) bool {
	return before(a.First, a.Start, b.Last, b.End) && before(b.First, b.Start, a.Last, a.End)
}

// cutAt divides the segment that a place lies inside of.
func (s *sideShape) cutAt(doc *layout.Document, block, at int) {
	for i, seg := range s.segments {
		if seg.Block != block || at <= seg.Span.Start || at >= seg.Span.End {
			continue
		}
		left, right := seg, seg
		text := doc.Blocks[block].Text
		left.Span.End = seg.Span.Start + len(strings.TrimRight(text[seg.Span.Start:at], " \t\u3000"))
		right.Span.Start = seg.Span.End - len(strings.TrimLeft(text[at:seg.Span.End], " \t\u3000"))
		for _, half := range []*layout.Segment{&left, &right} {
			half.Text, half.Envelope = text[half.Span.Start:half.Span.End], doc.Blocks[block].Envelope(half.Span)
		}
		if left.Text != "" && right.Text != "" {
			s.segments = slices.Replace(s.segments, i, i+1, left, right)
		}
		return
	}
}

// pins pairs the groups of wishes that have a place on every side they had. What
// has one side alone is settled beside a neighbour that is.
func (s *shape) pins(source, target sideShape) []align.Pin {
	type half struct {
		side corpus.Side
		at   int
		unit int // its place among the units
	}
	order := make(map[corpus.UnitID]int, len(s.units))
	for i, u := range s.units {
		order[u.ID] = i
	}
	var pins []align.Pin
	var halves []half
	for i := range s.wishes {
		w := &s.wishes[i]
		if w.Kind != corpus.OneUnit || w.why != placed || w.Source.Present() != w.source.Present() || w.Target.Present() != w.target.Present() {
			continue
		}
		g, okSource := source.group(w.source)
		h, okTarget := target.group(w.target)
		switch {
		case okSource && okTarget:
			pins = append(pins, align.Pin{Source: align.Range{Start: g, End: g + 1}, Target: align.Range{Start: h, End: h + 1}})
		case okSource && !w.Target.Present():
			halves = append(halves, half{corpus.SourceSide, g, order[w.Unit]})
		case okTarget && !w.Source.Present():
			halves = append(halves, half{corpus.TargetSide, h, order[w.Unit]})
		}
	}
	// Two that were taken apart stand side by side still.
	for i := 0; i < len(halves); i++ {
		a := halves[i]
		k := slices.IndexFunc(halves, func(b half) bool { return b.side != a.side && (b.unit == a.unit+1 || b.unit == a.unit-1) })
		if a.side != corpus.SourceSide || k < 0 {
			continue
		}
		pins = append(pins, apart(a.at, halves[k].at, a.unit < halves[k].unit)...)
		halves = slices.Delete(halves, max(i, k), max(i, k)+1)
		halves = slices.Delete(halves, min(i, k), min(i, k)+1)
		i = -1
	}
	for range halves { // one may stand beside another
		for i := 0; i < len(halves); i++ {
			if pin, ok := besides(pins, halves[i].side, halves[i].at); ok {
				pins = append(pins, pin)
				halves = slices.Delete(halves, i, i+1)
				i--
			}
		}
	}
	return pins
}

// apart settles two groups as pairs of nothing, in the order given.
func apart(source, target int, sourceFirst bool) []align.Pin {
	at := func(start, end int) align.Range { return align.Range{Start: start, End: end} }
	if sourceFirst {
		return []align.Pin{{Source: at(source, source+1), Target: at(target, target)}, {Source: at(source+1, source+1), Target: at(target, target+1)}}
	}
	return []align.Pin{{Source: at(source, source), Target: at(target, target+1)}, {Source: at(source, source+1), Target: at(target+1, target+1)}}
}

// besides settles a group that has no counterpart at the edge of a pin it touches.
func besides(pins []align.Pin, side corpus.Side, at int) (align.Pin, bool) {
	for _, p := range pins {
		own, other := p.Source, p.Target
		if side == corpus.TargetSide {
			own, other = other, own
		}
		place := -1
		switch {
		case own.End == at:
			place = other.End
		case own.Start == at+1:
			place = other.Start
		default:
			continue
		}
		mine, none := align.Range{Start: at, End: at + 1}, align.Range{Start: place, End: place}
		if side == corpus.TargetSide {
			return align.Pin{Source: none, Target: mine}, true
		}
		return align.Pin{Source: mine, Target: none}, true
	}
	return align.Pin{}, false
}

// tie makes the beads one that share the only side of a wish that has a place.
// Where they hold more than that nothing is done: judge will say so.
func (s *shape) tie(beads []align.Bead, source, target sideShape) []align.Bead {
	if s == nil {
		return beads
	}
	for i := range s.wishes {
		w := &s.wishes[i]
		if !w.half || w.why != placed || w.Kind != corpus.OneUnit {
			continue
		}
		side, t, pick := source, w.source, func(b align.Bead) align.Range { return b.Source }
		if !t.Present() {
			side, t, pick = target, w.target, func(b align.Bead) align.Range { return b.Target }
		}
		first, last := -1, -1
		for k, b := range beads {
			for _, seg := range side.of(pick(b)) {
				if !before(seg.Block, seg.Span.Start, t.First, t.Start) && before(seg.Block, seg.Span.Start, t.Last, t.End) {
					if first < 0 {
						first = k
					}
					last = k
				}
			}
		}
		if first == last {
			continue
		}
		all := beads[first]
		all.Source.End, all.Target.End = beads[last].Source.End, beads[last].Target.End
		all.Doubtful = slices.ContainsFunc(beads[first:last+1], func(b align.Bead) bool { return b.Doubtful })
		if part := side.of(pick(all)); part[0].Span.Start != t.Start || part[len(part)-1].Span.End != t.End {
			continue
		}
		beads = slices.Replace(beads, first, last+1, all)
	}
	return beads
}

// judge says which wishes came true in the units, and counts them.
func (s *shape) judge(units []corpus.Unit) {
	if s == nil {
		return
	}
	for i := range s.wishes {
		w := &s.wishes[i]
		if w.why == placed {
			if w.unit = s.find(w, units); w.unit < 0 {
				w.why = lostPair
			}
		}
		if w.why == placed {
			s.kept++
			continue
		}
		s.lost = append(s.lost, w.loss())
	}
}

// find returns the unit in which a wish came true. A side whose text is gone, as
// in a new run, is left to the other.
func (s *shape) find(w *wish, units []corpus.Unit) int {
	return slices.IndexFunc(units, func(u corpus.Unit) bool {
		if w.Kind != corpus.OneUnit {
			return w.target.Present() && inBlock(u.Target, w.target.First) || !w.target.Present() && inBlock(u.Source, w.source.First)
		}
		return (!w.Source.Present() && len(u.Source) == 0 || w.source.Present() && covers(u.Source, w.source) || w.Source.Present() && !w.source.Present()) &&
			(!w.Target.Present() && len(u.Target) == 0 || w.target.Present() && covers(u.Target, w.target) || w.Target.Present() && !w.target.Present())
	})
}

// settle says which wishes come true after all when the families are as given: one
// whose unit becomes part of a longer one does not. It changes nothing, since an
// update may be tried again.
func (s *shape) settle(list []family, units []corpus.Unit) (kept int, lost []string, gone map[corpus.OverrideID]bool) {
	parts := map[corpus.UnitID]bool{}
	for _, f := range list {
		for _, u := range f.parts {
			parts[u.ID] = f.joins()
		}
	}
	kept, lost, gone = s.kept, slices.Clone(s.lost), map[corpus.OverrideID]bool{}
	for _, w := range s.wishes {
		if w.why == placed && w.Kind == corpus.OneUnit && parts[units[w.unit].ID] {
			w.why = lostJoined
			kept, lost = kept-1, append(lost, w.loss())
			gone[w.ID] = true
		}
	}
	return kept, lost, gone
}

func covers(segments []corpus.Segment, t corpus.Stretch) bool {
	if len(segments) == 0 {
		return false
	}
	first, last := segments[0], segments[len(segments)-1]
	return first.Block == t.First && first.Span.Start == t.Start && last.Block == t.Last && last.Span.End == t.End
}

func inBlock(segments []corpus.Segment, block int) bool {
	return slices.ContainsFunc(segments, func(s corpus.Segment) bool { return s.Block == block })
}

// loss is what people are told of an override that is not carried over.
func (w *wish) loss() string {
	what := map[corpus.OverrideKind]string{
		corpus.OneUnit: "people made “%s” one unit", corpus.IsHeading: "people called “%s” a heading", corpus.IsBody: "people called “%s” body text",
	}[w.Kind]
	return fmt.Sprintf(what+"; that is not carried over: %s", w.words, w.why)
}
