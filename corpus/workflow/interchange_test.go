package workflow

import (
	"bytes"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/exchange"
	"github.com/reviseur/reviseur/corpus/sqlstore"
)

// busy does something of every kind to the bench's document, so that a review of
// it holds a row of every kind.
func (b *bench) busy() {
	b.Helper()
	cases, amount, accident, entry := b.unit(b.doc.ID, "34,000"), b.unit(b.doc.ID, "90 billion"), b.unit(b.doc.ID, "No major"), b.unit(b.doc.ID, "Entry into")
	flag := func(by corpus.UserID, p Passage) corpus.Flag {
		f, err := b.desk.Flag(ctx, by, p)
		b.must(err)
		return f
	}
	flag(b.lin, Passage{Unit: cases, Target: corpus.Mark{Quote: "smuggling cases"}, Category: corpus.Awkward, Severity: corpus.Major, Note: "“cases” & <more>"})
	flag(b.mo, Passage{Unit: cases, Target: corpus.Mark{Quote: "smuggling cases"}, Category: corpus.WrongTerm, Severity: corpus.Minor})
	flag(b.mo, Passage{Unit: cases, Target: corpus.Mark{Quote: "34,000 smuggling"}, Source: corpus.Mark{Quote: "3.4万"}, Category: corpus.NumberUnit, Severity: corpus.Critical})
	gone := flag(b.lin, Passage{Unit: amount, Target: corpus.Mark{Quote: "billion"}, Category: corpus.NumberUnit, Severity: corpus.Critical})
	b.propose(b.lin, cases, "Some 34,000 cases were investigated.")
	b.propose(b.mo, cases, "In all, 34,000 smuggling cases were looked into.")
	b.propose(b.lin, amount, "The amount was ⟨1⟩9 billion⟨/1⟩ yuan.")
	b.approve(b.he, amount)
	_, err := b.desk.Settle(ctx, b.he, amount, gone.ID, corpus.Resolve, "")
	b.must(err)
	b.propose(b.mo, accident, "Nothing happened.")
	_, err = b.desk.Return(ctx, b.he, "too short", Choice{Unit: accident})
	b.must(err)
	first, err := b.desk.Comment(ctx, b.lin, cases, "Is this the figure of May?\nAsk <them>.", "")
	b.must(err)
	_, err = b.desk.Comment(ctx, b.mo, cases, "It is.", first.ID)
	b.must(err)
	left := b.record(entry)
	for _, f := range b.findings(left.Latest().ID) {
		_, err = b.desk.Dismiss(ctx, b.he, entry, f.Key, InDocument, "as the house says it")
		b.must(err)
	}
	b.propose(b.mo, entry, "Do not enter the work area.")
	_, err = b.desk.Undo(ctx, b.mo, b.doc.ID)
	b.must(err)
	_, err = b.desk.Release(ctx, b.tan, b.doc.ID, "June", b.everythingOpen())
	b.must(err)
}

// everythingOpen gives a reason for each unit that would hold a release back.
func (b *bench) everythingOpen() map[corpus.UnitID]string {
	b.Helper()
	except := map[corpus.UnitID]string{}
	for _, o := range b.export(b.doc.ID, ApprovedOnly).Open {
		except[o.Unit] = "due today"
	}
	return except
}

func (b *bench) handOn(id string) []byte {
	b.Helper()
	h, err := b.desk.ExportAs(ctx, b.tan, b.doc.ID, id)
	b.must(err)
	return h.Data
}

// emptyBench is a desk over a store that holds nothing but its owner and a
// project.
func emptyBench(t *testing.T) *bench {
	t.Helper()
	store, err := sqlstore.Open(ctx, filepath.Join(t.TempDir(), "empty.db"), sqlstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	b := &bench{T: t, store: store, now: time.Date(2026, 7, 1, 8, 0, 0, 0, time.UTC)}
	b.desk = New(store, Options{Now: func() time.Time { b.now = b.now.Add(time.Second); return b.now }})
	owner, err := b.desk.AddOwner(ctx, corpus.User{Name: "root"})
	b.must(err)
	b.admin, b.tan = owner.ID, owner.ID
	b.project, err = b.desk.AddProject(ctx, b.admin, "harbour", language.Chinese, language.English, corpus.Settings{})
	b.must(err)
	return b
}

// TestJSONLRestores takes a review into an empty database: what goes out again
// is the same to the byte, and work goes on where it was.
func TestJSONLRestores(t *testing.T) {
	b := newBench(t)
	b.busy()
	one := b.handOn("jsonl")
	c := emptyBench(t)
	in := Delivery{Name: "review.jsonl", Target: &Received{Name: "review.jsonl", Data: one}}
	taken, err := c.desk.Import(ctx, c.admin, c.project.ID, in, nil)
	c.must(err)
	c.doc = taken.Document
	if two := c.handOn("jsonl"); !bytes.Equal(one, two) {
		t.Errorf("what went out again differs:\n%s", firstDifference(one, two))
	}
	if taken.Document.Name != "notice.md" || taken.Units != 6 {
		t.Errorf("taken %q with %d units", taken.Document.Name, taken.Units)
	}
	if got, want := string(c.export(c.doc.ID, ApprovedOnly).Data), string(b.export(b.doc.ID, ApprovedOnly).Data); got != want {
		t.Errorf("the restored document exports %q, want %q", got, want)
	}
	amount := c.unit(c.doc.ID, "9 billion")
	if got := c.state(amount); got != corpus.StateFinal {
		t.Errorf("the released unit is %s", got)
	}
	c.state(c.unit(c.doc.ID, "34,000")) // its summary is checked
	queue, err := c.desk.Queue(ctx, c.admin, c.project.ID, 10)
	c.must(err)
	if len(queue) == 0 {
		t.Error("the proposals that wait are not in the queue")
	}
	c.audit()

	_, err = c.desk.Import(ctx, c.admin, c.project.ID, in, nil)
	c.wants(err, corpus.Invalid) // it is here already
}

func firstDifference(a, b []byte) string {
	x, y := strings.Split(string(a), "\n"), strings.Split(string(b), "\n")
	for i := range x {
		if i >= len(y) || x[i] != y[i] {
			return "- " + x[i] + "\n+ " + strings.Join(y[min(i, len(y)):min(i+1, len(y))], "")
		}
	}
	return "the second is longer"
}

// TestJSONLIsForAdmins: a file says who decided what, so a manager's word is not
// enough to take one; and nothing of a refused file stays.
func TestJSONLIsForAdmins(t *testing.T) {
	b := newBench(t)
	b.busy()
	data := b.handOn("jsonl")
	c := emptyBench(t)
	manager, err := c.desk.AddUser(ctx, c.admin, corpus.User{Name: "manager"})
	c.must(err)
	c.must(c.desk.SetRoles(ctx, c.admin, c.project.ID, manager.ID, corpus.Manager))
	in := Delivery{Name: "r.jsonl", Target: &Received{Name: "r.jsonl", Data: data}}
	_, err = c.desk.Import(ctx, manager.ID, c.project.ID, in, nil)
	c.wants(err, corpus.Forbidden)
	c.must(c.store.View(ctx, func(r corpus.Reader) error {
		docs, err := r.Documents(c.project.ID)
		users, _ := r.Users()
		if len(docs) != 0 || len(users) != 2 {
			t.Errorf("a refused file left %d documents and %d accounts", len(docs), len(users)-2)
		}
		return err
	}))
}

// TestJSONLRefusals changes one thing each in a good file; each is refused with
// its line.
func TestJSONLRefusals(t *testing.T) {
	b := newBench(t)
	b.busy()
	good := string(b.handOn("jsonl"))
	c := emptyBench(t)
	for _, change := range []struct{ old, new, want string }{
		{`reviseur.segment/1`, `reviseur.segment/2`, "r.jsonl:1: the schema is"},
		{`"unit":"code points"`, `"unit":"code points","more":1`, `unknown field "more"`},
		{`No major accident`, `No minor accident`, "are not those of its hash"},
		{`"source":"zh"`, `"source":"?"`, "languages"},
		{`"by":"lin"`, `"by":"nobody"`, "none of the people"},
		{`"span":[0,`, `"span":[1,`, "r.jsonl:5: "},
		{`"severity":"critical"`, `"severity":"huge"`, "no severity"},
		{`"number":1`, `"number":7`, "r.jsonl:"},
		{fmt.Sprintf(`"position":%d`, 2*positionGap), fmt.Sprintf(`"position":%d`, positionGap), "r.jsonl:1: two units have"},
	} {
		bad := strings.Replace(good, change.old, change.new, 1)
		if change.old == `"number":1` {
			at := strings.LastIndex(good, change.old)
			bad = good[:at] + change.new + good[at+len(change.old):]
		}
		if bad == good {
			t.Fatalf("there is no %q to change", change.old)
		}
		_, err := c.desk.Import(ctx, c.admin, c.project.ID, Delivery{Name: "r.jsonl", Target: &Received{Name: "r.jsonl", Data: []byte(bad)}}, nil)
		if err == nil || !strings.Contains(err.Error(), change.want) || !strings.HasPrefix(err.Error(), "r.jsonl:") {
			t.Errorf("%q changed to %q: error %v, want one that says %q", change.old, change.new, err, change.want)
		}
	}
	cut := good[:strings.LastIndex(strings.TrimSpace(good), "\n")+1]
	_, err := c.desk.Import(ctx, c.admin, c.project.ID, Delivery{Name: "r.jsonl", Target: &Received{Name: "r.jsonl", Data: []byte(cut)}}, nil)
	c.wants(err, corpus.Invalid)
}

// TestXLIFF21RoundTrip reads a review back and compares it with what was
// written, but for what the format does not carry.
func TestXLIFF21RoundTrip(t *testing.T) {
	b := newBench(t)
	b.busy()
	f, err := exchange.ByID("xliff-2.1")
	b.must(err)
	want, err := b.desk.Handout(ctx, b.tan, b.doc.ID)
	b.must(err)
	got, err := f.Restore("review.xlf", b.handOn("xliff-2.1"))
	b.must(err)
	if len(got.Units) != len(want.Units) {
		t.Fatalf("%d units came back of %d", len(got.Units), len(want.Units))
	}
	for i := range want.Units {
		carried(want, &want.Units[i])
		g, w := got.Units[i], want.Units[i]
		for _, x := range []struct {
			what      string
			got, want any
		}{
			{"texts", g.Unit.Text, w.Unit.Text}, {"place", g.Unit.Position, w.Unit.Position}, {"bead", g.Unit.Bead, w.Unit.Bead}, {"kind", g.Unit.Kind(), w.Unit.Kind()},
			{"sentences", [2]int{len(g.Unit.Source), len(g.Unit.Target)}, [2]int{len(w.Unit.Source), len(w.Unit.Target)}},
			{"revisions", g.Revisions, w.Revisions}, {"proposals", g.Proposals, w.Proposals}, {"decisions", g.Decisions, w.Decisions}, {"flags", g.Flags, w.Flags},
			{"comments", g.Comments, w.Comments}, {"releases", g.Released, w.Released}, {"state", g.State(), w.State()},
		} {
			if !reflect.DeepEqual(x.got, x.want) {
				t.Errorf("unit %d, %s:\n%+v, want\n%+v", i+1, x.what, x.got, x.want)
			}
		}
	}
	if got.Document.Name != "notice.md" || got.Version.Target.Hash != want.Version.Target.Hash || len(got.People) != len(want.People) {
		t.Errorf("the document came back as %+v, %+v, %d people", got.Document, got.Version, len(got.People))
	}
}

// carried takes out of a unit what XLIFF 2.1 does not carry, and names its people
// as a review that was read back does.
func carried(r *exchange.Review, u *exchange.ReviewUnit) {
	name := func(id *corpus.UserID) { *id = corpus.UserID(r.People[*id].Name) }
	revisions := u.Revisions
	u.Revisions = nil
	for _, x := range revisions {
		if x.Undone {
			continue
		}
		x.Act, x.Key = "", ""
		name(&x.Author)
		for i := range x.Hands {
			name(&x.Hands[i])
		}
		if len(x.Hands) == 0 {
			x.Hands = nil
		}
		u.Revisions = append(u.Revisions, x)
	}
	proposals := u.Proposals
	u.Proposals = nil
	for _, x := range proposals {
		if !x.Undone {
			x.Act = ""
			name(&x.By)
			u.Proposals = append(u.Proposals, x)
		}
	}
	for i := range u.Decisions {
		u.Decisions[i].Act = ""
		name(&u.Decisions[i].By)
	}
	for i := range u.Flags {
		u.Flags[i].Act = ""
		name(&u.Flags[i].By)
	}
	for i := range u.Comments {
		u.Comments[i].Act = ""
		name(&u.Comments[i].By)
	}
}

// TestXLIFF21ChangedTarget: a wording that another program changed comes back as
// a proposal without an author.
func TestXLIFF21ChangedTarget(t *testing.T) {
	b := newBench(t)
	f, err := exchange.ByID("xliff-2.1")
	b.must(err)
	data := string(b.handOn("xliff-2.1"))
	at := strings.LastIndex(data, "No major accident happened.")
	r, err := f.Restore("review.xlf", []byte(data[:at]+"There was no"+data[at+len("No"):]))
	b.must(err)
	changed := 0
	for _, u := range r.Units {
		if len(u.Revisions) == 2 {
			changed++
			if rev := u.Latest(); rev.Text != "There was no major accident happened." || rev.Origin != corpus.FromImport || rev.Author != "" || u.State() != corpus.StateProposed {
				t.Errorf("the changed wording came back as %+v", rev)
			}
		}
	}
	if changed != 1 {
		t.Errorf("%d units came back changed, want 1", changed)
	}
}

const sampleXLIFF = `<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="zh" trgLang="en" xmlns:my="urn:example:my">
 <file id="f1"><my:thing odd='yes'>kept <![CDATA[ as < it ]]> is</my:thing>
  <unit id="u1" name="heading-1" my:x="1"><segment id="s1"><source>港口通报</source><target><pc id="1">Port</pc> &amp; notice</target></segment></unit>
  <unit id="u2"><segment><source>涉案金额90亿元。</source><target></target></segment>
   <ignorable><source> </source></ignorable>
   <segment><source>未发生重大事故。</source></segment></unit>
  <unit id="u3" translate="no"><segment><source>号</source><target><![CDATA[No. <7>]]></target></segment></unit>
 </file>
</xliff>
`

// TestXLIFFDocument reviews an XLIFF file: its pairs are the units, what was left
// untranslated gets its target, and not another byte changes.
func TestXLIFFDocument(t *testing.T) {
	b := newBench(t)
	out, err := b.desk.Import(ctx, b.admin, b.project.ID, Delivery{Name: "notice.xlf", Target: &Received{Name: "notice.xlf", Data: []byte(sampleXLIFF)}}, nil)
	b.must(err)
	b.doc = out.Document
	remarks, err := b.desk.Inspect(ctx, b.admin, b.project.ID, Delivery{Name: "n.xlf", Target: &Received{Name: "n.xlf", Data: []byte(strings.Replace(sampleXLIFF, `trgLang="en"`, `trgLang="fr"`, 1))}})
	b.must(err)
	if want := []Remark{{Oddity: HoldsPair}, {OtherTarget, "fr"}}; !reflect.DeepEqual(remarks.Remarks, want) {
		t.Errorf("remarks %v, want %v", remarks, want)
	}
	if out.Units != 4 || out.Version.Source.Hash != out.Version.Target.Hash {
		t.Fatalf("taken %d units, want 4; %+v", out.Units, out.Version)
	}
	if got := string(b.export(b.doc.ID, LatestToo).Data); got != sampleXLIFF {
		t.Errorf("untouched it came back as %s", got)
	}
	for words, wording := range map[string]string{
		"港口通报":  "⟨1⟩Harbour⟨/1⟩ & <port> notice",
		"90亿元":  "The amount was 9 billion yuan.",
		"未发生重大": "No \"major\" accident & none else.",
	} {
		unit := b.unit(b.doc.ID, words)
		saved := b.propose(b.lin, unit, wording)
		if saved.Revision.Verdict.Bad {
			t.Errorf("%q cannot be written: %s", wording, saved.Revision.Verdict.Reason)
		}
		b.approve(b.he, unit)
	}
	locked := b.propose(b.lin, b.unit(b.doc.ID, "号"), "⟨1⟩No. 8⟨/1⟩")
	if !locked.Revision.Verdict.Bad {
		t.Error("a unit that the file locks was taken to be writable")
	}
	want := strings.NewReplacer(
		`<pc id="1">Port</pc> &amp; notice`, `<pc id="1">Harbour</pc> &amp; &lt;port&gt; notice`,
		`<target></target>`, `<target>The amount was 9 billion yuan.</target>`,
		`<source>未发生重大事故。</source>`, `<source>未发生重大事故。</source><target>No "major" accident &amp; none else.</target>`,
	).Replace(sampleXLIFF)
	if got := string(b.export(b.doc.ID, ApprovedOnly).Data); got != want {
		t.Errorf("the export is\n%s\nwant\n%s", got, want)
	}
	again, err := b.desk.Import(ctx, b.admin, b.project.ID, Delivery{Name: "notice.xlf", Source: &Received{Name: "notice.xlf", Data: []byte(sampleXLIFF)}}, nil)
	b.must(err)
	if !again.Unchanged {
		t.Error("the same file was taken twice")
	}
	b.audit()
}
