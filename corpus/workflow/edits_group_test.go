package workflow

import (
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

// What makes random edits hard: sentences that are no pairs.

// uneven makes a couple of which one side has two sentences, the other one.
func (d *draft) uneven() couple {
	d.mixed = false
	a, b := d.sentence(), d.sentence()
	d.mixed = true
	c := couple{b.id, a.source + b.source, a.target + " " + b.target}
	if d.rand.IntN(2) == 0 {
		c.source = joinSource.Replace(c.source)
	} else {
		c.target = joinTarget(c.target)
	}
	return c
}

var joinSource = strings.NewReplacer("。", "，")

// regroup makes two sentences of one side one, or one two. It reports false
// where the side is no such text.
func (d *draft) regroup(c *couple, side corpus.Side) bool {
	was := *c
	switch {
	case side == corpus.TargetSide && strings.Contains(c.target, ". "):
		c.target = joinTarget(c.target)
	case side == corpus.TargetSide:
		if a, b, ok := strings.Cut(c.target, "; "); ok {
			c.target = a + ". " + strings.ToUpper(b[:1]) + b[1:]
		}
	case strings.Count(c.source, "。") > 1:
		c.source = strings.Replace(c.source, "。", "，", 1)
	default:
		c.source = strings.Replace(c.source, "，", "。", 1)
	}
	return *c != was
}

// joinTarget makes one sentence of the first two.
func joinTarget(text string) string {
	a, b, ok := strings.Cut(text, ". ")
	if !ok {
		return text
	}
	return a + "; " + strings.ToLower(b[:1]) + b[1:]
}

// couples are those of the document in order.
func (d *draft) couples() []couple {
	var list []couple
	for _, p := range d.blocks {
		list = append(list, p.list...)
	}
	return list
}

// shortText is how many bytes a text has at the most that may be part of another
// by chance.
const shortText = 40

// longestRun is how many couples a unit holds at the most that is looked for.
const longestRun = 3

// untouched returns the texts of couples, and of neighbouring ones together, that
// stood so before.
func (d *draft) untouched(was []couple) []corpus.Pair {
	at := map[int]int{} // id → index
	for i, c := range was {
		at[c.id] = i
	}
	type placed struct {
		couple
		block int
	}
	var now []placed
	for i, p := range d.blocks {
		for _, c := range p.list {
			now = append(now, placed{c, i})
		}
	}
	var runs []corpus.Pair
	for i := range now {
		var run corpus.Pair
		for n := 0; n < longestRun && i+n < len(now); n++ {
			c := now[i+n]
			k, ok := at[c.id]
			if !ok || was[k] != c.couple || n > 0 && at[now[i+n-1].id] != k-1 {
				break
			}
			switch {
			case n == 0:
				run = corpus.Pair{Source: c.source, Target: c.target}
			case c.block == now[i+n-1].block:
				run = corpus.Pair{Source: run.Source + c.source, Target: run.Target + " " + c.target}
			default:
				run = corpus.Pair{Source: run.Source + "\n" + c.source, Target: run.Target + "\n" + c.target}
			}
			runs = append(runs, run)
		}
	}
	return runs
}

// reshapeSome has people merge two neighbours and split a unit, and answer for
// what they made. It returns how many acts were taken.
func (b *bench) reshapeSome(r *rand.Rand) int {
	b.Helper()
	var ids []corpus.UnitID
	var records []corpus.Record
	b.eachUnit(func(rec *corpus.Record) {
		ids, records = append(ids, rec.Unit.ID), append(records, *rec)
	})
	acts := 0
	i := r.IntN(len(ids) - 1)
	var gone []corpus.UnitID
	if _, err := b.desk.Merge(ctx, b.lin, ids[i], ids[i+1]); err == nil {
		acts, gone = acts+1, ids[i:i+2]
	}
	for _, k := range r.Perm(len(records)) {
		u := records[k].Unit
		s, t := strings.Index(u.Text.Source, "，"), strings.Index(u.Text.Target, "; ")
		if slices.Contains(gone, u.ID) || s < 0 && t < 0 {
			continue
		}
		if s, t = cutBehind(u.Text.Source, s, "，", "。"), cutBehind(u.Text.Target, t, "; ", ". "); s < 0 || t < 0 {
			continue
		}
		if _, err := b.desk.Split(ctx, b.lin, u.ID, s, t); err == nil {
			acts++
		}
		break
	}
	var stale outcome
	b.reviewStale(&stale)
	return acts
}

// cutBehind is where the second half of a text begins: behind the mark at an
// offset, else behind another one. It is -1 where neither is there.
func cutBehind(text string, at int, mark, other string) int {
	if at >= 0 {
		return at + len(mark)
	}
	if at = strings.Index(text, other); at < 0 || at+len(other) >= len(text) {
		return -1
	}
	return at + len(other)
}
