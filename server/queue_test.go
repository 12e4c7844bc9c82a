package server

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// sendForm sends a form in which a name may stand several times.
func (o *office) sendForm(as, path string, values url.Values) *reply {
	o.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return o.do(as, r)
}

// formOf returns what a browser would send for the first form that matches, and
// where to.
func (r *reply) formOf(selector string) (path string, values url.Values) {
	r.Helper()
	forms := r.all(selector)
	if len(forms) == 0 {
		r.Fatalf("%s has no form %s", r.path, selector)
	}
	values = url.Values{}
	for n := range forms[0].Descendants() {
		name, kind := attribute(n, "name"), attribute(n, "type")
		if n.Type != html.ElementNode || name == "" || (kind == "checkbox" || kind == "radio") && !has(n, "checked") {
			continue
		}
		switch n.Data {
		case "input":
			values.Add(name, attribute(n, "value"))
		case "textarea":
			if n.FirstChild != nil {
				values.Add(name, n.FirstChild.Data)
			}
		}
	}
	return attribute(forms[0], "action"), values
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

// press sends a form with one of its buttons, and further values.
func (o *office) press(as string, page *reply, selector string, pairs ...string) *reply {
	o.Helper()
	path, values := page.formOf(selector)
	for i := 0; i < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return o.sendForm(as, path, values)
}

// follow gets the page to which an address leads, without the part of it that a
// browser keeps for itself.
func (o *office) follow(as, address string) *reply {
	o.Helper()
	address, _, _ = strings.Cut(address, "#")
	return o.get(as, address)
}

func (o *office) wantState(unit corpus.UnitID, want corpus.State) {
	o.Helper()
	rec := o.recordOf(unit)
	if got := rec.State(); got != want {
		o.Errorf("the unit is %s, want %s", got, want)
	}
}

func cardOf(unit corpus.UnitID) string { return "#c-" + string(unit) }

// approveForm is the form of a card's single wording.
func approveForm(unit corpus.UnitID) string { return cardOf(unit) + " form[id^=f-]" }

func TestQueueEmpty(t *testing.T) {
	o := newOffice(t)
	o.take("notice.md", portSource, portTarget)
	page := o.get("he", o.projectPath("/queue")).ok()
	page.says("h1", "0 wait for you").says(".empty", "Nothing waits for your decision").lacks("section.item", "#batch", "nav.turn")
	o.get("wu", o.projectPath("/queue")).ok().has(".chip[aria-current][href*='group=all']")
	o.get("stranger", o.projectPath("/queue")).is(http.StatusNotFound)
}

func TestQueueCard(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	amount := o.unit(doc, "90 billion")
	_, err := o.desk.Flag(context.Background(), o.people["mo"], workflow.Passage{Unit: amount, Target: corpus.Mark{Quote: "90"}, Category: corpus.NumberUnit, Severity: corpus.Critical, Note: "<u>x</u>"})
	o.must(err)
	_, err = o.desk.Propose(context.Background(), o.people["lin"], workflow.Wording{Unit: amount, Text: "The amount was ⟨1⟩9 billion⟨/1⟩ yuan and and.", Note: "<i>why</i>", Instruction: "the mayor"})
	o.must(err)

	page := o.get("he", o.projectPath("/queue")).ok()
	page.lacks("[style]", "script:not([src]):not([type='application/json'])", "main i:not(.nothing)", "main u")
	page.says("h1", "1 waits for you")
	c := cardOf(amount)
	page.says(c+" .head", "notice.md · 3").says(c+" .head", "LIN").has(c+" h2 a[href='"+documentPath(doc, "?at="+string(amount))+"#u-"+string(amount)+"']", c+" a[href$='/history']")
	page.says(c+" .src", "涉案金额90亿元").says(c+" .words del", "90").says(c+" .words ins", "9").has(c + " .words .token")
	page.says(c+" .near", "34,000").says(c+" .two + .near", "No major accident").says(c, "<i>why</i>").says(c, "the mayor")
	page.says(c+" .findings li", "stands here twice").says(c+" fieldset.flags", "<u>x</u>").has(c + " input[name=resolves][checked]")
	for action, key := range map[string]string{"queue-approve": "a", "queue-edit": "e", "queue-return": "r", "queue-decline": "d"} {
		page.says(c+" [data-action="+action+"] kbd", key)
	}
	page.has("[data-moves] [data-action=queue-next]", "#keys", c+" [data-item]")

	two := o.get("he", o.projectPath("/queue?lines=two")).ok()
	two.has(c+" .lines .old del", c+" .lines .new ins").lacks(c+" .lines .old ins", c+" .lines .new del")

	// What is too far from the old text carries no colours at all.
	far := o.unit(doc, "accident")
	o.propose("lin", far, "Nothing grave befell anybody anywhere.")
	o.get("he", o.projectPath("/queue")).ok().has(cardOf(far)+" .lines.apart").lacks(cardOf(far)+" ins", cardOf(far)+" del")
}

// Every act of a card is a form, and leads to the next card.
func TestQueueActs(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	title, cases, amount, accident := o.unit(doc, "Port notice"), o.unit(doc, "34,000"), o.unit(doc, "90 billion"), o.unit(doc, "accident")
	for _, u := range []corpus.UnitID{title, cases, amount, accident} {
		_, err := o.desk.Propose(context.Background(), o.people["lin"], workflow.Wording{Unit: u, Text: "Another wording.", Category: corpus.Awkward, Severity: corpus.Minor})
		o.must(err)
	}
	queue := o.projectPath("/queue")
	page := o.get("he", queue).ok()
	to := o.press("he", page, approveForm(cases), "verb", "approve").to()
	if !strings.HasPrefix(to, queue+"?") || !strings.Contains(to, "#c-") && page.all("section.item")[3] != page.all(cardOf(cases))[0] {
		t.Errorf("after an approval the browser goes to %s", to)
	}
	o.wantState(cases, corpus.StateApproved)
	rec := o.recordOf(cases)
	if n := len(rec.OpenFlags()); n != 0 {
		t.Errorf("%d flags are open after an approval that ticked them", n)
	}
	page = o.follow("he", to).ok().has(".notice", ".undo form[action='"+documentPath(doc, "/undo")+"']").lacks(cardOf(cases))

	// A tick that was taken out leaves the flag open.
	path, values := page.formOf(approveForm(accident))
	values.Del("resolves")
	values.Set("verb", "approve")
	o.sendForm("he", path, values).to()
	rec = o.recordOf(accident)
	if n := len(rec.OpenFlags()); n != 1 {
		t.Errorf("%d flags are open, want the one that was not ticked", n)
	}

	details := func(u corpus.UnitID, verb string) string {
		return cardOf(u) + " details:has([data-action=queue-" + verb + "]) form"
	}
	o.press("he", page, details(amount, "return"), "verb", "return").is(http.StatusUnprocessableEntity) // without a reason
	o.press("he", page, details(amount, "return"), "verb", "return", "reason", "say it plainly").to()
	o.wantState(amount, corpus.StateReturned)
	o.press("he", page, details(amount, "return"), "verb", "return", "reason", "again").is(http.StatusConflict)
	o.press("he", page, details(title, "decline"), "verb", "decline", "canned", "No change of taste", "reason", "it was right").to()
	rec = o.recordOf(title)
	if d := rec.Decisions[len(rec.Decisions)-1]; d.Verb != corpus.Decline || !strings.Contains(d.Reason, "No change of taste") || !strings.Contains(d.Reason, "it was right") {
		t.Errorf("declined for %q", d.Reason)
	}
	o.sendForm("he", path, url.Values{"verb": {"explode"}}).is(http.StatusUnprocessableEntity)
	o.get("lin", o.projectPath("/queue?group=returned")).ok().says(cardOf(amount), "say it plainly").has(cardOf(amount) + " a.button")
}

// Approving with an edit puts the edit on top; another person countersigns it.
func TestQueueEdit(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	cases := o.unit(doc, "34,000")
	o.propose("lin", cases, "They investigated 34,000 smuggling cases.")
	page := o.get("he", o.projectPath("/queue")).ok().says(cardOf(cases)+" details form", "another person of the project countersigns it")
	edit := cardOf(cases) + " details:has([data-action=queue-edit]) form"
	o.press("he", page, edit, "verb", "edit", "text", "They looked into 34,000 smuggling cases.").to()
	rec := o.recordOf(cases)
	if rec.Latest().Author != o.people["he"] || len(rec.Pending()) != 2 || rec.State() != corpus.StateProposed {
		t.Fatalf("%d wait, the newest by %s, state %s", len(rec.Pending()), rec.Latest().Author, rec.State())
	}
	// The reviewer cannot approve that; a translator countersigns, which ends both.
	mine := o.get("he", o.projectPath("/queue?group=own")).ok().says(cardOf(cases)+" .hold", "You wrote this wording")
	o.sendForm("he", documentPath(doc, "/units/"+string(cases)+"/review"), url.Values{"verb": {"approve"}, "revision": {string(rec.Latest().ID)}}).is(http.StatusForbidden).says("main", "two pairs of eyes")
	mine.has(cardOf(cases) + " [id='o-" + string(rec.Latest().ID) + "']")
	o.get("mo", o.projectPath("/queue")).ok().says(cardOf(cases), "B Proposed by HE").says(cardOf(cases)+" .wording + .wording", "on top of A").has(cardOf(cases) + " [id='f-" + string(rec.Latest().ID) + "']")
	page = o.get("mo", o.projectPath("/queue")).ok().says("button[value=approve]", "Countersign")
	o.press("mo", page, "[id='f-"+string(rec.Latest().ID)+"']", "verb", "approve").to()
	o.wantState(cases, corpus.StateApproved)
	rec = o.recordOf(cases)
	if n := len(rec.Pending()); n != 0 {
		t.Errorf("%d wordings wait after the countersignature", n)
	}

	// A text that was not touched is an approval.
	amount := o.unit(doc, "90 billion")
	o.propose("lin", amount, "The amount was ⟨1⟩9 billion⟨/1⟩ yuan.")
	page = o.get("he", o.projectPath("/queue")).ok()
	o.press("he", page, cardOf(amount)+" details:has([data-action=queue-edit]) form", "verb", "edit").to()
	o.wantState(amount, corpus.StateApproved)

	// Where one person is enough, the edit is approved at once, and the record
	// says so.
	o.must(o.desk.SetSettings(context.Background(), o.people["bai"], o.project.ID, corpus.Settings{OnePerson: true}))
	accident := o.unit(doc, "accident")
	o.propose("lin", accident, "Nothing happened.")
	page = o.get("he", o.projectPath("/queue")).ok()
	o.press("he", page, cardOf(accident)+" details:has([data-action=queue-edit]) form", "verb", "edit", "text", "No serious accident happened.").to()
	rec = o.recordOf(accident)
	if d, ok := rec.Approval(); !ok || !d.OnePerson || rec.Current().Text != "No serious accident happened." {
		t.Errorf("approval %t, %+v", ok, d)
	}
}

func TestQueueGroups(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	cases, amount, accident := o.unit(doc, "34,000"), o.unit(doc, "90 billion"), o.unit(doc, "accident")
	_, err := o.desk.Propose(context.Background(), o.people["lin"], workflow.Wording{Unit: cases, NoChange: true})
	o.must(err)
	o.propose("lin", amount, "The amount was 9 billion yuan.")
	o.propose("mo", amount, "Nine billion yuan were involved.")
	o.propose("he", accident, "No serious accident happened.")
	page := o.get("he", o.projectPath("/queue?group=no-change")).ok()
	page.says("h1", "1 was read and left unchanged").has(cardOf(cases)+" input[name=choice][form=batch]", "#batch button[name=all]").lacks(cardOf(amount)).says(cardOf(cases), "two people saw it")
	page = o.get("he", o.projectPath("/queue?group=contested")).ok()
	page.has(cardOf(amount)+".contested").lacks(cardOf(cases), cardOf(amount)+" input[name=choice]").says(cardOf(amount), "A Proposed by LIN")
	if n := len(page.all(cardOf(amount) + " [data-action=queue-approve]")); n != 2 {
		t.Errorf("%d wordings can be approved, want A or B", n)
	}
	page = o.get("he", o.projectPath("/queue?group=own")).ok().has(cardOf(accident)).says(cardOf(accident)+" .hold", "another person decides")
	o.press("he", page, cardOf(accident)+" form.withdraw", "verb", "withdraw").to()
	o.wantState(accident, corpus.StateMachine)
	o.propose("he", accident, "No serious accident happened.")
	o.get("wu", o.projectPath("/queue?group=all")).ok().has(cardOf(cases), cardOf(amount), cardOf(accident)).lacks("section.item form", "input[name=choice]").says(cardOf(cases)+" .hold", "not decide")
	o.get("tan", o.projectPath("/queue?group=all")).ok().lacks("section.item form")
	o.get("he", o.projectPath("/queue?group=nonsense&page=x")).ok().has(".chip[aria-current][href*='group=mine']")
	zh := newRequest(http.MethodGet, o.projectPath("/queue"))
	zh.Header.Set("Accept-Language", "zh-CN")
	o.do("he", zh).ok().says("h1", "等你决定").says("[data-action=queue-return]", "退回修改")
}

func TestQueueStale(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	o.acceptAll(doc)
	_, err := o.desk.Import(context.Background(), o.people["bai"], o.project.ID, workflow.Delivery{Name: "notice.md", VersionOf: doc.ID,
		Source: &workflow.Received{Name: "notice.zh.md", Data: []byte(strings.Replace(portSource, "90亿", "9亿", 1))}, Target: &workflow.Received{Name: "notice.md", Data: []byte(portTarget)}}, nil)
	o.must(err)
	doc = o.documents()[0]
	amount := o.unit(doc, "90 billion")
	page := o.get("he", o.projectPath("/queue?group=stale")).ok()
	page.says(cardOf(amount)+" .src del", "90亿").says(cardOf(amount)+" .src ins", "9亿").says(cardOf(amount), "a text changed since")
	o.press("he", page, cardOf(amount)+" form", "verb", "accept").to()
	o.wantState(amount, corpus.StateApproved)
	o.get("he", o.projectPath("/queue?group=stale")).ok().has(".empty")
}

func TestQueueBatch(t *testing.T) {
	o := newOffice(t)
	doc, other := o.take("notice.md", portSource, portTarget), o.take("other.md", portSource, portTarget)
	values := url.Values{"group": {"mine"}}
	var units []corpus.UnitID
	for _, u := range []corpus.UnitID{o.unit(doc, "34,000"), o.unit(doc, "accident"), o.unit(other, "accident")} {
		o.propose("lin", u, "A better wording.")
		units = append(units, u)
		rec := o.recordOf(u)
		values.Add("choice", choiceValue(workflow.Choice{Unit: u, Revision: rec.Latest().ID}))
	}
	own := o.unit(other, "34,000")
	o.propose("he", own, "His own wording.")
	rec := o.recordOf(own)
	ownChoice := choiceValue(workflow.Choice{Unit: own, Revision: rec.Latest().ID})

	confirm, approve := o.projectPath("/queue/confirm"), o.projectPath("/queue/approve")
	all := url.Values{"choice": append(values["choice"], ownChoice), "group": {"mine"}}
	page := o.sendForm("he", confirm, all).ok()
	page.says("h1", "Approve 3 wordings?").says(".left .hold", "You wrote this wording").says(".left", "other.md · 2")
	if n := len(page.all(".listed li input[name=choice]")); n != 3 {
		t.Errorf("%d are listed", n)
	}
	for _, u := range units {
		o.wantState(u, corpus.StateProposed) // nothing happened yet
	}

	// One that cannot be approved keeps all from being approved.
	o.sendForm("he", approve, all).is(http.StatusForbidden).says("main", "other.md, 2").says("main", "nothing of the batch was done")
	for _, u := range units {
		o.wantState(u, corpus.StateProposed)
	}
	to := o.press("he", page, "form[action$='/approve']").to()
	o.follow("he", to).ok().says(".notice", "Approved: 3 wordings")
	for _, u := range units {
		rec := o.recordOf(u)
		if d, ok := rec.Approval(); !ok || d.Size != 3 || d.Batch == "" {
			t.Errorf("decision %+v", d)
		}
	}
	// What was decided meanwhile is said, and not done twice.
	o.sendForm("he", confirm, values).ok().says(".empty", "None of the chosen").says(".left .hold", "no longer waits")
	o.sendForm("he", approve, values).is(http.StatusConflict)
	o.sendForm("he", confirm, url.Values{}).is(http.StatusUnprocessableEntity)
	o.sendForm("wu", confirm, values).is(http.StatusForbidden)
	o.sendForm("stranger", approve, values).is(http.StatusNotFound)
}

// Units of another project are not in reach by way of one's own.
func TestQueueBatchForeign(t *testing.T) {
	o := newOffice(t)
	ctx := context.Background()
	doc := o.take("notice.md", portSource, portTarget)
	unit := o.unit(doc, "accident")
	o.propose("lin", unit, "A better wording.")
	rec := o.recordOf(unit)
	mine, err := o.desk.AddProject(ctx, o.people["admin"], "mine", o.project.Source, o.project.Target, corpus.Settings{})
	o.must(err)
	o.must(o.desk.SetRoles(ctx, o.people["admin"], mine.ID, o.people["stranger"], corpus.Reviewer))
	values := url.Values{"choice": {choiceValue(workflow.Choice{Unit: unit, Revision: rec.Latest().ID})}}
	for _, path := range []string{"/confirm", "/approve"} {
		page := o.sendForm("stranger", "/projects/"+string(mine.ID)+"/queue"+path, values).is(http.StatusNotFound)
		if strings.Contains(page.body, "better wording") {
			t.Error("the text of another project is shown")
		}
	}
	o.wantState(unit, corpus.StateProposed)
}

func TestQueueSameElsewhere(t *testing.T) {
	o := newOffice(t)
	doc := o.take("many.md", strings.Repeat("特此通告。\n\n", 4), strings.Repeat("Hereby noticed.\n\n", 4))
	var units []corpus.UnitID
	o.must(o.store.View(context.Background(), func(r corpus.Reader) error {
		for rec, err := range r.Records(doc.Current) {
			if err != nil {
				return err
			}
			units = append(units, rec.Unit.ID)
		}
		return nil
	}))
	for _, u := range units[:3] {
		o.propose("lin", u, "Notice is hereby given.")
	}
	page := o.get("he", o.projectPath("/queue")).ok().says(cardOf(units[0])+" form.alike", "2 more have the same source")
	page = o.press("he", page, cardOf(units[0])+" form.alike").ok().says("h1", "Approve 3 wordings?")
	o.press("he", page, "form[action$='/approve']").to()
	for _, u := range units[:3] {
		o.wantState(u, corpus.StateApproved)
	}
	o.wantState(units[3], corpus.StateMachine)

	_, err := o.desk.Propose(context.Background(), o.people["lin"], workflow.Wording{Unit: units[3], NoChange: true})
	o.must(err)
	page = o.get("he", o.projectPath("/queue?group=no-change")).ok()
	page = o.press("he", page, "#batch", "all", "1").ok().says("h1", "Approve 1 wording?")
	o.press("he", page, "form[action$='/approve']").to()
	o.wantState(units[3], corpus.StateApproved)
}

func TestQueuePages(t *testing.T) {
	o := newOffice(t)
	doc := o.take("long.md", strings.Repeat("一句。\n\n", queueSize+7), strings.Repeat("A line.\n\n", queueSize+7))
	o.must(o.store.View(context.Background(), func(r corpus.Reader) error {
		for rec, err := range r.Records(doc.Current) {
			if err != nil {
				return err
			}
			defer func() {
				_, err := o.desk.Propose(context.Background(), o.people["lin"], workflow.Wording{Unit: rec.Unit.ID, NoChange: true})
				o.must(err)
			}()
		}
		return nil
	}))
	page := o.get("he", o.projectPath("/queue")).ok().says("nav.turn", "1 to 50 of 57").has("a[rel=next]").lacks("a[rel=prev]")
	if n := len(page.all("section.item")); n != queueSize {
		t.Errorf("%d cards", n)
	}
	next := attribute(page.all("a[rel=next]")[0], "href")
	page = o.get("he", next).ok().says("nav.turn", "51 to 57 of 57").has("a[rel=prev]").lacks("a[rel=next]")
	if n := len(page.all("section.item")); n != 7 {
		t.Errorf("%d cards on the second page", n)
	}
	o.get("he", o.projectPath("/queue?page=9")).ok().has(".empty")
}

// TestQueueOrders follows the orders of the queue; what is done keeps the order.
func TestQueueOrders(t *testing.T) {
	o := newOffice(t)
	doc := o.take("port.md", portSource, portTarget)
	o.propose("lin", o.unit(doc, "accident"), "There was no serious accident.")
	o.propose("lin", o.unit(doc, "billion"), "The amount was **90 billion** yuan, as was said.")
	page := o.get("he", o.projectPath("/queue?order=risk")).ok().says(".orders a[aria-current]", "Riskiest first").has(".item input[name=order][value=risk]", ".chip[href*='order=risk']")
	var risks []float64
	for _, card := range page.all(".item") {
		for _, a := range card.Attr {
			if a.Key == "id" {
				rec, err := o.stored(corpus.UnitID(strings.TrimPrefix(a.Val, "c-")))
				o.must(err)
				risks = append(risks, rec.Unit.Summary.Risk)
			}
		}
	}
	if len(risks) != 2 || risks[0] < risks[1] {
		t.Errorf("the cards have the risks %v, want two, the higher one first", risks)
	}
	o.get("he", o.projectPath("/queue?order=none")).ok().says(".orders a[aria-current]", "Worst first").lacks(".item input[name=order]")
}

func (o *office) stored(unit corpus.UnitID) (rec corpus.Record, err error) {
	err = o.store.View(context.Background(), func(r corpus.Reader) error {
		rec, err = r.Record(unit)
		return err
	})
	return rec, err
}
