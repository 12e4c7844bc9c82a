package workflow

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

// editEnv names the number of random edits, where another than the usual one is
// wanted; 1,000 take some minutes.
const editEnv = "REVISEUR_EDITS"

// couple is a sentence of the source with its rendering. Its id tells it from
// others with the same texts.
type couple struct {
	id             int
	source, target string
}

// passage is a block of a document: a heading, a paragraph, or a row of cells.
type passage struct {
	kind string // "#", "", "|"
	list []couple
}

// draft is a document that is edited at random, with both its files.
type draft struct {
	rand   *rand.Rand
	next   int
	blocks []passage
	mixed  bool // some sentences have two for one on the other side, and edits change that
}

var (
	editSubjects = [][2]string{{"水务局", "The water bureau"}, {"交通局", "The transport bureau"}, {"教育局", "The education bureau"}, {"卫生局", "The health bureau"}, {"财政局", "The finance bureau"}, {"港口办", "The port office"}}
	editVerbs    = [][2]string{{"检查了", "inspected"}, {"修复了", "repaired"}, {"新建了", "built"}, {"关闭了", "closed"}, {"扩建了", "extended"}}
	editObjects  = [][2]string{{"座桥梁", "bridges"}, {"所学校", "schools"}, {"家医院", "hospitals"}, {"处码头", "wharves"}, {"条道路", "roads"}}
	editPlaces   = [][2]string{{"北区", "the northern district"}, {"南区", "the southern district"}, {"东区", "the eastern district"}, {"新城", "the new town"}}
)

func (d *draft) sentence() couple {
	pick := func(list [][2]string) [2]string { return list[d.rand.IntN(len(list))] }
	s, v, o, p := pick(editSubjects), pick(editVerbs), pick(editObjects), pick(editPlaces)
	n := 11 + d.rand.IntN(900)
	if d.mixed && d.rand.IntN(2) == 0 {
		return d.uneven()
	}
	d.next++
	return couple{d.next, fmt.Sprintf("%s今年在%s%s%d%s。", s[0], p[0], v[0], n, o[0]), fmt.Sprintf("%s %s %d %s in %s this year.", s[1], v[1], n, o[1], p[1])}
}

func (d *draft) cell(words [2]string) couple {
	d.next++
	return couple{d.next, words[0], words[1]}
}

func newDraft(seed uint64, mixed bool) *draft {
	d := &draft{rand: rand.New(rand.NewPCG(seed, 7)), mixed: mixed}
	for article := 1; article <= 8; article++ {
		d.blocks = append(d.blocks, passage{"#", []couple{d.cell([2]string{fmt.Sprintf("第%d条", article), fmt.Sprintf("Article %d", article)})}})
		for range 2 {
			var list []couple
			for range 1 + d.rand.IntN(3) {
				list = append(list, d.sentence())
			}
			d.blocks = append(d.blocks, passage{"", list})
		}
	}
	for range 4 {
		answer := [][2]string{{"是", "Yes"}, {"否", "No"}}[d.rand.IntN(2)]
		d.blocks = append(d.blocks, passage{"|", []couple{d.cell([2]string{editPlaces[d.rand.IntN(4)][0], editPlaces[d.rand.IntN(4)][1]}), d.cell(answer)}})
	}
	return d
}

// files writes both sides as Markdown.
func (d *draft) files() (source, target string) {
	var s, t strings.Builder
	table := false
	for _, b := range d.blocks {
		if b.kind == "|" {
			if !table {
				s.WriteString("| 地区 | 完成 |\n|---|---|\n")
				t.WriteString("| District | Done |\n|---|---|\n")
			}
			for _, c := range b.list {
				s.WriteString("| " + c.source + " ")
				t.WriteString("| " + c.target + " ")
			}
			s.WriteString("|\n")
			t.WriteString("|\n")
			table = true
			continue
		}
		if table {
			s.WriteByte('\n')
			t.WriteByte('\n')
		}
		table = false
		var ss, tt []string
		for _, c := range b.list {
			if c.source != "" {
				ss = append(ss, c.source)
			}
			if c.target != "" {
				tt = append(tt, c.target)
			}
		}
		mark := map[string]string{"#": "## ", "": ""}[b.kind]
		if len(ss) > 0 {
			s.WriteString(mark + strings.Join(ss, "") + "\n\n")
		}
		if len(tt) > 0 {
			t.WriteString(mark + strings.Join(tt, " ") + "\n\n")
		}
	}
	return s.String(), t.String()
}

// edit does one random edit, and says which.
func (d *draft) edit() string {
	bi := d.rand.IntN(len(d.blocks))
	b := &d.blocks[bi]
	ci := d.rand.IntN(len(b.list))
	c := &b.list[ci]
	digit := func(text string) string {
		if i := strings.IndexAny(text, "123456789"); i >= 0 {
			return text[:i] + strconv.Itoa(1+(int(text[i]-'0')+d.rand.IntN(8))%9) + text[i+1:]
		}
		return text
	}
	kinds := 10
	if d.mixed {
		kinds = 13
	}
	switch d.rand.IntN(kinds) {
	case 0:
		c.source = strings.Replace(digit(c.source), "今年", "去年", 1)
		return "source words"
	case 1:
		c.target = strings.NewReplacer("this year", "in the year", "The ", "Our ").Replace(c.target)
		return "target words"
	case 2:
		c.source, c.target = digit(c.source), digit(c.target)
		return "both sides"
	case 3:
		if b.kind == "" {
			b.list = slices.Insert(b.list, ci, d.sentence())
			return "sentence in"
		}
	case 4:
		if b.kind == "" && len(b.list) > 1 {
			b.list = slices.Delete(b.list, ci, ci+1)
			return "sentence out"
		}
	case 5:
		to := d.rand.IntN(len(d.blocks))
		if x := &d.blocks[to]; b.kind == "" && x.kind == "" && len(b.list) > 1 && to != bi {
			moved := *c
			b.list = slices.Delete(b.list, ci, ci+1)
			x.list = slices.Insert(x.list, d.rand.IntN(len(x.list)+1), moved)
			return "sentence moved"
		}
	case 6:
		if b.kind == "#" {
			d.moveArticle(bi)
			return "article moved"
		}
	case 7:
		if b.kind == "|" {
			row := passage{"|", nil}
			for _, c := range b.list {
				row.list = append(row.list, d.cell([2]string{c.source, c.target}))
			}
			d.blocks = slices.Insert(d.blocks, bi, row)
			return "row doubled"
		}
	case 8:
		c.source = strings.TrimSuffix(c.source, "。") + "！"
		return "source punctuation"
	case 9:
		c.target = strings.Replace(c.target, " in the ", ", in the ", 1)
		return "target punctuation"
	case 10:
		if d.regroup(c, corpus.SourceSide) {
			return "source cut otherwise"
		}
	case 11:
		if d.regroup(c, corpus.TargetSide) {
			return "target cut otherwise"
		}
	case 12:
		if b.kind == "#" {
			x := &d.blocks[bi+1].list[0] // changed on its way
			x.source, x.target = digit(x.source), digit(x.target)
			d.moveArticle(bi)
			return "article moved and changed"
		}
	}
	return d.edit()
}

// moveArticle takes an article elsewhere: its heading with what follows.
func (d *draft) moveArticle(head int) {
	end := head + 1
	for end < len(d.blocks) && d.blocks[end].kind == "" {
		end++
	}
	article := slices.Clone(d.blocks[head:end])
	d.blocks = slices.Delete(d.blocks, head, end)
	var heads []int
	for i, x := range d.blocks {
		if x.kind == "#" {
			heads = append(heads, i)
		}
	}
	d.blocks = slices.Insert(d.blocks, heads[d.rand.IntN(len(heads))], article...)
}

// outcome is what a run of random edits led to.
type outcome struct {
	edits, approved, wrong, lost, regrouped, stale int
	shaped                                         int // merges and splits by people between the edits
	anew                                           int // stale wordings that do not fit the paragraphs any more
	notes                                          []string
}

// run edits a reviewed document at random, takes each result as a new version,
// and compares what is approved with what may be.
func (b *bench) run(seed uint64, edits int, mixed bool) outcome {
	b.Helper()
	d := newDraft(seed, mixed)
	source, target := d.files()
	doc := b.take(fmt.Sprintf("draft-%d.md", seed), source, target).Document
	b.doc = doc
	b.reviewAll(seed)
	var out outcome
	if mixed {
		out.shaped = b.reshapeSome(d.rand)
	}
	for range edits {
		before := b.answered(doc.ID)
		was := d.couples()
		kind := d.edit()
		source, target = d.files()
		in := delivery(doc.Name, source, target)
		in.VersionOf = doc.ID
		_, err := b.desk.Import(ctx, b.admin, b.project.ID, in, nil)
		b.must(err)
		out.edits++
		out.judge(d, was, before, b.answered(doc.ID), kind)
		b.reviewStale(&out)
		if d.mixed {
			out.shaped += b.reshapeSome(d.rand)
		}
	}
	return out
}

// answeredUnit is an approved unit: what it says on both sides, and what the machine
// said.
type answeredUnit struct{ source, machine, text string }

// answered counts the approved units of a document's current version by what
// they say.
func (b *bench) answered(id corpus.DocumentID) map[answeredUnit]int {
	b.Helper()
	list := map[answeredUnit]int{}
	b.must(b.store.View(ctx, func(r corpus.Reader) error {
		doc, err := r.Document(id)
		if err != nil {
			return err
		}
		for rec, err := range r.Records(doc.Current) {
			if err != nil {
				return err
			}
			if rec.State() >= corpus.StateApproved {
				list[answeredUnit{rec.Unit.Text.Source, rec.Machine().Text, rec.Current().Text}]++
			}
		}
		return nil
	}))
	return list
}

// judge compares the approvals before and after an edit. An approval is wrong
// where no approved unit, or some together, had these texts before, or not as many. It is lost
// where a unit was approved of which neither side was touched, and is not any
// more; where its sentences came to be grouped otherwise that is counted apart.
func (o *outcome) judge(d *draft, was []couple, before, after map[answeredUnit]int, kind string) {
	pairs := func(list map[answeredUnit]int) map[corpus.Pair]int {
		sum := map[corpus.Pair]int{}
		for a, n := range list {
			sum[corpus.Pair{Source: a.source, Target: a.text}] += n
		}
		return sum
	}
	had, has := pairs(before), pairs(after)
	for p, n := range has {
		o.approved += n
		if n > had[p] && !together(p, had) {
			o.wrong += n - had[p]
			o.notes = append(o.notes, fmt.Sprintf("%s: wrongly approved: %q | %q", kind, p.Source, p.Target))
		}
	}
	machine := func(list map[answeredUnit]int) map[corpus.Pair]int {
		sum := map[corpus.Pair]int{}
		for a, n := range list {
			sum[corpus.Pair{Source: a.source, Target: a.machine}] += n
		}
		return sum
	}
	old, new := machine(before), machine(after)
	runs := d.untouched(was)
	for p, n := range old {
		standing := 0
		for _, r := range runs {
			if r == p || len(p.Source) > shortText && len(p.Target) > shortText && strings.Contains(r.Source, p.Source) && strings.Contains(r.Target, p.Target) {
				standing++
			}
		}
		if missing := min(n, standing) - new[p]; missing > 0 {
			if o.inside(p, after) {
				o.regrouped += missing
				continue
			}
			o.lost += missing
			o.notes = append(o.notes, fmt.Sprintf("%s: lost: %q | %q", kind, p.Source, p.Target))
		}
	}
}

// together reports whether a pair is some approved ones in a row, put together
// by plain concatenation: then its approval is theirs.
func together(p corpus.Pair, had map[corpus.Pair]int) bool {
	if p.Source == "" && p.Target == "" {
		return true
	}
	for q := range had {
		source, ok := strings.CutPrefix(p.Source, q.Source)
		target, too := strings.CutPrefix(p.Target, q.Target)
		if ok && too && q != (corpus.Pair{}) && together(corpus.Pair{Source: strings.TrimSpace(source), Target: strings.TrimSpace(target)}, had) {
			return true
		}
	}
	return false
}

// inside reports whether the source of a pair is a part of a larger approved
// unit now.
func (*outcome) inside(p corpus.Pair, after map[answeredUnit]int) bool {
	for a := range after {
		if a.source != p.Source && strings.Contains(a.source, p.Source) {
			return true
		}
	}
	return false
}

// reviewAll answers for every unit: most as they stand, some with another wording.
func (b *bench) reviewAll(seed uint64) {
	b.Helper()
	r := rand.New(rand.NewPCG(seed, 11))
	b.eachUnit(func(rec *corpus.Record) {
		if len(rec.Unit.Target) > 0 && rec.Unit.Target[0].Kind == "paragraph" && r.IntN(4) == 0 {
			b.propose(b.lin, rec.Unit.ID, strings.Replace(rec.Machine().Text, "this year", "in this year", 1))
			b.approve(b.he, rec.Unit.ID)
			return
		}
		_, err := b.desk.Accept(ctx, b.he, Choice{Unit: rec.Unit.ID})
		b.must(err)
	})
}

// reviewStale says of all that is not answered for that it is right, so that the
// next edit meets a reviewed document.
func (b *bench) reviewStale(o *outcome) {
	b.Helper()
	var choices []Choice
	b.eachUnit(func(rec *corpus.Record) {
		switch s := rec.State(); {
		case s == corpus.StateStale:
			o.stale++
		case s >= corpus.StateApproved:
			return
		}
		choices = append(choices, Choice{Unit: rec.Unit.ID})
	})
	if len(choices) == 0 {
		return
	}
	if _, err := b.desk.Accept(ctx, b.bai, choices...); err == nil {
		return
	}
	for _, c := range choices {
		if _, err := b.desk.Accept(ctx, b.bai, c); err == nil {
			continue
		}
		// Its paragraphs are others now: the new run is taken.
		rec := b.record(c.Unit)
		b.propose(b.lin, c.Unit, rec.Machine().Text)
		b.approve(b.bai, c.Unit)
		o.anew++
	}
}

// eachUnit calls f for the units of the bench's document; f may act on them.
func (b *bench) eachUnit(f func(*corpus.Record)) {
	b.Helper()
	var list []corpus.Record
	b.must(b.store.View(ctx, func(r corpus.Reader) error {
		doc, err := r.Document(b.doc.ID)
		if err != nil {
			return err
		}
		for rec, err := range r.Records(doc.Current) {
			if err != nil {
				return err
			}
			list = append(list, rec)
		}
		return nil
	}))
	for i := range list {
		f(&list[i])
	}
}

// TestRandomEdits holds a reviewed document to its word through random edits of
// both its files: nothing stays approved whose texts changed, and what nobody
// touched stays approved.
func TestRandomEdits(t *testing.T) { randomEdits(t, false, 1000) }

// TestRandomEditsRegrouped does so where sentences are no pairs: two stand for
// one, people merge and split them, and the files are cut otherwise each time.
// A shape that people made may then have no place: more may be lost, never kept.
func TestRandomEditsRegrouped(t *testing.T) { randomEdits(t, true, 200) }

// randomEdits allows one approval in so many to be lost.
func randomEdits(t *testing.T, mixed bool, oneIn int) {
	edits := 150
	if n, err := strconv.Atoi(os.Getenv(editEnv)); err == nil {
		edits = n
	} else if testing.Short() {
		edits = 30
	}
	const perDraft = 25
	var sum outcome
	for seed := range uint64((edits + perDraft - 1) / perDraft) {
		b := newBench(t)
		out := b.run(seed+1, min(perDraft, edits-int(seed)*perDraft), mixed)
		sum.edits, sum.approved, sum.wrong, sum.lost = sum.edits+out.edits, sum.approved+out.approved, sum.wrong+out.wrong, sum.lost+out.lost
		sum.anew += out.anew
		sum.regrouped, sum.stale, sum.shaped, sum.notes = sum.regrouped+out.regrouped, sum.stale+out.stale, sum.shaped+out.shaped, append(sum.notes, out.notes...)
	}
	t.Logf("%d edits, %d merges and splits: %d approvals kept; wrongly kept %d; lost %d; in units grouped otherwise %d; conflicts shown %d, of which %d fit no place any more (%s sets the number)", sum.edits, sum.shaped, sum.approved, sum.wrong, sum.lost, sum.regrouped, sum.stale, sum.anew, editEnv)
	for _, n := range sum.notes[:min(len(sum.notes), 30)] {
		t.Log(n)
	}
	if sum.wrong > 0 {
		t.Errorf("%d approvals stand on texts that changed", sum.wrong)
	}
	if sum.lost*oneIn > sum.approved {
		t.Errorf("%d of %d approvals were lost though neither side was touched", sum.lost, sum.approved)
	}
}
