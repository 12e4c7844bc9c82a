package workflow

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/reviseur/reviseur/corpus"
)

// Group is a way to look at what waits in a project.
type Group string

// The groups of the review queue. A card may be in several.
const (
	GroupMine      Group = "mine"      // the reader may decide on it
	GroupUnchanged Group = "no-change" // the reader may decide, and nothing was changed
	GroupStale     Group = "stale"     // answered for once; then a text changed
	GroupContested Group = "contested" // several wordings wait for one passage
	GroupOwn       Group = "own"       // the reader's own wordings wait for somebody else
	GroupReturned  Group = "returned"  // the reader's own wordings came back for a change
	GroupAll       Group = "all"
)

// Groups returns the groups in the order in which people choose from them.
func Groups() []Group {
	return []Group{GroupMine, GroupUnchanged, GroupContested, GroupStale, GroupOwn, GroupReturned, GroupAll}
}

// Card is a unit of the review queue.
type Card struct {
	Document corpus.Document
	Number   int // in reading order
	Record   corpus.Record
	Before   *corpus.Pair // the texts around it in reading order, in their newest wordings; nil at an end
	After    *corpus.Pair
	Offers   []Offer
	Groups   []Group
	Again    Hold      // of a stale unit on which nothing waits: why the reader may not say "still right"
	Same     []Choice  // other units with the same source and the same wording, which the reader may approve as well
	Lapsed   *Lapse    // what changed since the approval of a stale unit
	Returned *Returned // the last return, in the group of those
}

// Lapse is an approval that no longer fits.
type Lapse struct {
	Decision corpus.Decision
	Source   string // when it was given; the present source where that did not change
}

// Returned is a return of a wording.
type Returned struct {
	Decision corpus.Decision
	Wording  corpus.Revision
}

// Review is a page of the review queue.
type Review struct {
	Counts map[Group]int
	More   bool // more wait than were looked at: the counts are lower bounds
	Total  int  // cards of the group
	Cards  []Card
}

// reviewReach is how many units a queue looks at, so that its cost has a bound
// whatever waits. The longest waiting come first.
const reviewReach = 400

// Review returns a page of what waits in a project. In the order of reading that
// is worst first: open major flags, then the gravest finding on the newest
// wording, then its risk; by risk or density it is the highest first. Equals stand
// in the order in which they came. The cost is bounded: at most some hundred
// units are looked at, and only the page is gathered whole.
func (d *Desk) Review(ctx context.Context, user corpus.UserID, project corpus.ProjectID, group Group, order corpus.Order, offset, limit int) (Review, error) {
	var page Review
	err := d.readAs(ctx, user, project, func(j *judge) error {
		q := &queue{judge: j, docs: map[corpus.DocumentID]corpus.Document{}}
		if err := q.gather(); err != nil {
			return err
		}
		page.Counts, page.More = map[Group]int{}, q.more
		var cards []Card
		for _, c := range q.cards {
			for _, g := range c.Groups {
				page.Counts[g]++
			}
			if slices.Contains(c.Groups, group) {
				cards = append(cards, c)
			}
		}
		page.Total = len(cards)
		slices.SortStableFunc(cards, byOrder(order))
		offset = max(0, min(offset, len(cards)))
		page.Cards = cards[offset:min(offset+limit, len(cards))]
		for i := range page.Cards {
			if err := q.finish(&page.Cards[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return page, err
}

// readAs is read with a judge for the user.
func (d *Desk) readAs(ctx context.Context, user corpus.UserID, project corpus.ProjectID, f func(*judge) error) error {
	return d.store.View(ctx, func(r corpus.Reader) error {
		p, err := r.Project(project)
		if err != nil {
			return err
		}
		actor, err := allowed(r, p, user, corpus.Read)
		if err != nil {
			return err
		}
		return f(newJudge(r, p, actor))
	})
}

// byOrder compares two cards by an order of lists.
func byOrder(o corpus.Order) func(a, b Card) int {
	if o == corpus.InReading {
		return worstFirst
	}
	return func(a, b Card) int {
		return cmp.Compare(corpus.RankOf(o, b.Record.Unit).Value, corpus.RankOf(o, a.Record.Unit).Value)
	}
}

func worstFirst(a, b Card) int {
	x, y := a.Record.Unit.Summary, b.Record.Unit.Summary
	return cmp.Or(-cmp.Compare(min(x.Major, 1), min(y.Major, 1)), -cmp.Compare(x.Doubt, y.Doubt), -cmp.Compare(x.Risk, y.Risk))
}

// queue is what waits, seen by one person.
type queue struct {
	*judge
	docs  map[corpus.DocumentID]corpus.Document
	cards []Card
	more  bool
}

// gather finds the cards and puts them into groups.
func (q *queue) gather() error {
	waiting, err := q.Waiting(q.project.ID, reviewReach+1)
	if err != nil {
		return err
	}
	if q.more = len(waiting) > reviewReach; q.more {
		waiting = waiting[:reviewReach]
	}
	seen := map[corpus.UnitID]bool{}
	for _, u := range waiting {
		seen[u.ID] = true
		if err := q.add(u); err != nil {
			return err
		}
	}
	// What came back, and what went stale, has no proposal that waits.
	docs, err := q.Documents(q.project.ID)
	if err != nil {
		return err
	}
	left := reviewReach
	for _, doc := range docs {
		units, err := q.Units(doc.Current, corpus.Filter{States: []corpus.State{corpus.StateReturned, corpus.StateStale}}, math.MinInt64, left+1)
		if err != nil {
			return err
		}
		if len(units) > left {
			units, q.more = units[:left], true
		}
		left -= len(units)
		for _, u := range units {
			if seen[u.ID] {
				continue
			}
			if err := q.add(u); err != nil {
				return err
			}
		}
	}
	return nil
}

func (q *queue) add(u corpus.Unit) error {
	rec, err := q.Record(u.ID)
	if err != nil {
		return err
	}
	c := Card{Record: rec}
	if c.Offers, err = q.offers(&rec); err != nil {
		return err
	}
	if rec.State() == corpus.StateStale && len(c.Offers) == 0 {
		c.Again = q.againHold(&rec)
	}
	c.Returned = returnedTo(&rec, q.actor.User.ID)
	c.Groups = groupsOf(c)
	q.cards = append(q.cards, c)
	return nil
}

// againHold says why the person may not say that a stale wording is still right.
func (q *queue) againHold(rec *corpus.Record) Hold {
	current := rec.Current()
	object := corpus.Object{State: corpus.StateStale, Own: current.ByHand(q.actor.User.ID)}
	switch {
	case !corpus.May(q.actor.Roles, corpus.Accept, q.project.Settings):
		return HoldRole
	case corpus.Check(q.actor, corpus.Accept, object, q.project.Settings) != nil:
		return HoldOwn
	case verdictAllows(current) != nil:
		return HoldVerdict
	}
	return NoHold
}

// returnedTo returns the last return of a wording of the user's, unless
// something was proposed or decided since.
func returnedTo(rec *corpus.Record, user corpus.UserID) *Returned {
	if rec.State() != corpus.StateReturned {
		return nil
	}
	for _, d := range slices.Backward(rec.Decisions) {
		if d.Undone || d.Verb != corpus.Return {
			continue
		}
		rev, _ := rec.Revision(d.Revision)
		mine := rev.ByHand(user)
		for _, p := range rec.Proposals {
			mine = mine || p.ID == d.Proposal && p.By == user
		}
		if mine {
			return &Returned{d, rev}
		}
		return nil
	}
	return nil
}

func groupsOf(c Card) []Group {
	var groups []Group
	if c.Returned != nil {
		groups = append(groups, GroupReturned)
	}
	state := c.Record.State()
	if state == corpus.StateStale {
		groups = append(groups, GroupStale)
	}
	if len(c.Offers) == 0 {
		if state == corpus.StateStale && c.Again == NoHold {
			groups = append(groups, GroupMine)
		}
		if len(groups) > 0 {
			groups = append(groups, GroupAll)
		}
		return groups
	}
	mine, own, unchanged, rivals := false, false, true, 0
	for _, o := range c.Offers {
		if !o.Topped {
			rivals++
		}
		mine = mine || o.Hold == NoHold || o.Refusable
		own = own || o.Own
		unchanged = unchanged && o.NoChange
	}
	for _, x := range []struct {
		in    bool
		group Group
	}{{mine, GroupMine}, {mine && unchanged, GroupUnchanged}, {rivals > 1, GroupContested}, {own, GroupOwn}, {true, GroupAll}} {
		if x.in {
			groups = append(groups, x.group)
		}
	}
	return groups
}

// finish adds what only a card that is shown needs.
func (q *queue) finish(c *Card) error {
	u := c.Record.Unit
	var err error
	if c.Document, err = q.document(u.Document); err != nil {
		return err
	}
	if c.Number, err = q.UnitNumber(u.ID); err != nil {
		return err
	}
	if c.Before, c.After, err = beside(q, u); err != nil {
		return err
	}
	for i := range c.Offers {
		if err := q.complete(&c.Record, &c.Offers[i]); err != nil {
			return err
		}
	}
	if c.Record.State() == corpus.StateStale {
		if c.Lapsed, err = Lapsed(q, &c.Record); err != nil {
			return err
		}
	}
	c.Same = q.same(c)
	return nil
}

func (q *queue) document(id corpus.DocumentID) (corpus.Document, error) {
	if doc, ok := q.docs[id]; ok {
		return doc, nil
	}
	doc, err := q.Document(id)
	q.docs[id] = doc
	return doc, err
}

// beside returns the texts right before and after u in reading order, in their
// newest wordings.
func beside(r corpus.Reader, u corpus.Unit) (before, after *corpus.Pair, err error) {
	list, err := r.UnitsBefore(u.Version, corpus.Filter{}, u.Position, 1)
	if err == nil && len(list) > 0 {
		before, err = newest(r, list[0])
	}
	if err != nil {
		return nil, nil, err
	}
	list, err = r.Units(u.Version, corpus.Filter{}, u.Position, 1)
	if err == nil && len(list) > 0 {
		after, err = newest(r, list[0])
	}
	return before, after, err
}

func newest(r corpus.Reader, u corpus.Unit) (*corpus.Pair, error) {
	texts := u.Text
	if !untouched(u) {
		rec, err := r.Record(u.ID)
		if err != nil {
			return nil, err
		}
		texts.Target = rec.Latest().Text
	}
	return &texts, nil
}

// Lapsed returns the approval that a stale unit rests on, with the source it
// was given for: that of the unit from which the wording was carried, if it was.
func Lapsed(r corpus.Reader, rec *corpus.Record) (*Lapse, error) {
	d, ok := rec.Approval()
	if !ok {
		return nil, nil
	}
	l := &Lapse{Decision: d, Source: rec.Unit.Text.Source}
	text := rec.Current().Text
	for id := rec.Unit.ID; ; {
		from, _, err := r.Lineage(id)
		if err != nil || len(from) != 1 || from[0].Kind != corpus.CarriedTo {
			return l, err
		}
		old, err := r.Unit(from[0].Old)
		if err != nil {
			return l, err
		}
		if corpus.ApprovalHash(corpus.Pair{Source: old.Text.Source, Target: text}) == d.Hash {
			l.Source = old.Text.Source
			return l, nil
		}
		id = old.ID
	}
}

// same returns the other units on which the very same wording of the very same
// source waits, alone, and which the reader may approve.
func (q *queue) same(c *Card) []Choice {
	var list []Choice
	if len(c.Offers) != 1 || c.Offers[0].Hold != NoHold || c.Record.Unit.Text.Source == "" {
		return nil
	}
	for _, other := range q.cards {
		if other.Record.Unit.ID == c.Record.Unit.ID || len(other.Offers) != 1 || other.Record.Unit.Text.Source != c.Record.Unit.Text.Source {
			continue
		}
		if o := other.Offers[0]; o.Hold == NoHold && o.Revision.Text == c.Offers[0].Revision.Text {
			list = append(list, Choice{Unit: other.Record.Unit.ID, Revision: o.Revision.ID})
		}
	}
	return list
}
