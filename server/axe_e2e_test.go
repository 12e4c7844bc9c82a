//go:build e2e && witness

package server

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/sample"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// violation is a rule of axe-core that a page breaks.
type violation struct {
	ID     string `json:"id"`
	Impact string `json:"impact"`
	Help   string `json:"help"`
	Nodes  []struct {
		HTML    string `json:"html"`
		Summary string `json:"failureSummary"`
	} `json:"nodes"`
}

// judge lets axe-core judge the page that is open.
func (b *browser) judge(axe string) []violation {
	b.Helper()
	text, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](axe+`;axe.run(document, { resultTypes: ["violations"] }).then((r) => JSON.stringify(r.violations))`, chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatal(err)
	}
	var list []violation
	b.office.must(json.Unmarshal([]byte(text), &list))
	return list
}

// TestWitnessAxe opens every kind of page that each role can reach, by light and
// by dark, and the states of the workbench that keys open, and has axe-core look
// for what keeps people out. Nothing serious may be left.
func TestWitnessAxe(t *testing.T) {
	script := os.Getenv("REVISEUR_AXE")
	if script == "" {
		t.Fatal("REVISEUR_AXE does not name axe-core's script; make witness sets it")
	}
	data, err := os.ReadFile(script)
	if err != nil {
		t.Fatal(err)
	}
	o := busyOffice(t)
	docs := o.samples()
	uploads := o.rich(docs)
	axe, judged, minor := string(data), 0, map[string]int{}
	look := func(b *browser, what string) {
		t.Helper()
		judged++
		for _, v := range b.judge(axe) {
			if v.Impact != "serious" && v.Impact != "critical" {
				minor[v.ID]++
				continue
			}
			for _, n := range v.Nodes[:min(len(v.Nodes), 3)] {
				t.Errorf("%s: %s (%s): %s\n%s\n%s", what, v.ID, v.Impact, v.Help, n.HTML, n.Summary)
			}
		}
	}
	seen := map[string]bool{}
	for _, name := range []string{"bai", "he", "lin", "tan", "wu", "admin", "stranger"} {
		b := o.open(name)
		for _, path := range o.reachable(name) {
			if seen[kindOf(path)] && name != "bai" {
				continue // the same page in other hands; the manager's has all of it
			}
			seen[kindOf(path)] = true
			for _, dark := range []bool{false, true} {
				b.dark(dark)
				b.do(chromedp.Navigate(b.site+path), chromedp.WaitVisible(chromedp.CSS("main")))
				look(b, fmt.Sprintf("%s as %s, dark %t", path, name, dark))
			}
		}
	}

	// Pages that answer a form, and uploads that wait.
	for _, c := range []struct{ as, path, do string }{
		{"bai", uploads[0], ""}, {"bai", uploads[1], ""}, {"bai", uploads[2], ""},
		{"bai", o.projectPath("/terms"), `{ const d = new DataTransfer(); d.items.add(new File(["source,preferred\n法治,rule of law\n,nothing\n"], "t.csv")); const i = document.querySelector("input[name=table]"); i.files = d.files; i.form.submit() }`},
		{"he", o.projectPath("/queue"), `{ document.querySelector("input[name=choice]").click(); document.querySelector("[data-batch]").click() }`},
		{"he", documentPath(docs["whitepaper.en.md"], "/read?pick=1"), `{ const f = document.querySelectorAll("input[name=from]"), t = document.querySelectorAll("input[name=to]"); f[0].click(); t[3].click(); document.querySelector(".picking button.primary").click() }`},
		{"he", documentPath(docs["notice.en.md"], "/versions/3/changes"), ""},
		{"he", documentPath(docs["briefing.en.md"], "/checks/term.violation"), `document.querySelector("button[value=list]").click()`},
		{"he", documentPath(docs["briefing.en.md"], "/alignment"), ""},
		{"wu", o.projectPath("/who?sentence=This+year%27s+flood+season+came+early"), ""},
	} {
		b := o.open(c.as)
		for _, dark := range []bool{false, true} {
			b.dark(dark)
			b.to(c.path)
			if c.do != "" {
				eval[bool](b, c.do+"; true")
				time.Sleep(time.Second)
				b.do(chromedp.WaitVisible(chromedp.CSS("main")))
			}
			look(b, fmt.Sprintf("%s after %q, dark %t", c.path, c.do, dark))
		}
	}

	// States that no address names, in both languages.
	b := o.open("he")
	at := documentPath(docs["briefing.en.md"], "?at="+string(o.unit(docs["briefing.en.md"], "1,268 cases")))
	for _, language := range []string{"en", "zh-CN"} {
		_, err := chromedp.Call(b.ctx, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Accept-Language": language}})
		o.must(err)
		for _, width := range []int64{1440, 390} {
			b.do(chromedp.EmulateViewport(width, 844))
			for _, keys := range [][]string{{"e"}, {"f"}, {"w"}, {"r"}, {"c"}, {"x"}, {"/"}, {"i"}} {
				b.to(at)
				b.press(keys...)
				look(b, fmt.Sprintf("workbench, keys %v, %s, %d px", keys, language, width))
			}
		}
	}
	t.Logf("%d pages and states judged, %d kinds; rules of less weight: %v", judged, len(seen), minor)
	if judged < 60 {
		t.Errorf("only %d pages were judged", judged)
	}
}

// rich gives the office what the newer pages are about: a second and a third
// version, a glossary, a dismissal, a named state, a release with exceptions. It
// returns the addresses of uploads that wait: XLIFF, a file that holds both
// languages in turns, and a new version.
func (o *office) rich(docs map[string]corpus.Document) []string {
	o.Helper()
	ctx := o.Context()
	for _, t := range sample.Terms() {
		term := corpus.Term{Source: []corpus.Designation{{Text: t.Source, Status: corpus.TermPreferred}}, Target: []corpus.Designation{{Text: t.Target, Status: corpus.TermPreferred}}, Note: t.Note}
		for _, bad := range t.Forbidden {
			term.Target = append(term.Target, corpus.Designation{Text: bad, Status: corpus.TermForbidden})
		}
		_, err := o.desk.SaveTerm(ctx, o.people["bai"], o.project.ID, term)
		o.must(err)
	}
	_, err := o.desk.Recheck(ctx, o.people["bai"], o.project.ID, workflow.Recheck{}, nil)
	o.must(err)
	read := func(name string) *workflow.Received {
		data, err := fs.ReadFile(sample.Files(), name)
		o.must(err)
		return &workflow.Received{Name: name, Data: data}
	}
	for _, x := range [][2]string{{"notice.zh.md", "notice.run2.en.md"}, {"notice.v2.zh.md", "notice.v2.en.md"}} {
		_, err := o.desk.Import(ctx, o.people["bai"], o.project.ID, workflow.Delivery{Name: "notice.en.md", VersionOf: docs["notice.en.md"].ID, Source: read(x[0]), Target: read(x[1])}, nil)
		o.must(err)
	}
	rows, _, err := o.desk.Checked(ctx, o.people["he"], docs["briefing.en.md"], "phrase.calque", 0, 1)
	o.must(err)
	if len(rows) == 0 {
		o.Fatal("no finding to dismiss")
	}
	_, err = o.desk.Dismiss(ctx, o.people["he"], rows[0].Unit.ID, rows[0].Findings[0].Key, workflow.InProject, "the bureau's own wording")
	o.must(err)
	_, err = o.desk.Snapshot(ctx, o.people["tan"], docs["briefing.en.md"].ID, "noon")
	o.must(err)
	plan, err := o.desk.PreviewExport(ctx, o.people["tan"], docs["regulation.en.md"].ID)
	o.must(err)
	except := map[corpus.UnitID]string{}
	for _, open := range plan.Open {
		except[open.Unit] = "goes out for comment"
	}
	_, err = o.desk.Release(ctx, o.people["tan"], docs["regulation.en.md"].ID, "for comment", except)
	o.must(err)
	turns := strings.Repeat("全市共查处走私案件三千起。\n\nSome 3,000 smuggling cases were dealt with.\n\n未发生重大事故。\n\nNo major accident happened.\n\n", 4)
	return []string{
		o.sendFiles(map[string]string{"port.xlf": portXLIFF, "bad.xlf": "<xliff\n"}),
		o.sendFiles(map[string]string{"turns.md": turns}),
		o.sendFiles(map[string]string{"whitepaper.en.md": "# Another\n\nThe people can look up parking.\n"}),
	}
}

// reachable returns one address of each kind of page that links lead to.
func (o *office) reachable(name string) []string {
	o.Helper()
	queue, kinds, list := []string{"/", "/help"}, map[string]bool{}, []string{}
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		if kinds[kindOf(path)] {
			continue
		}
		kinds[kindOf(path)] = true
		r := o.get(name, path)
		if r.status == http.StatusSeeOther {
			queue = append(queue, r.header.Get("Location"))
			continue
		}
		if strings.HasPrefix(r.header.Get("Content-Type"), "text/html") && r.header.Get("Content-Disposition") == "" {
			list = append(list, path)
			links := r.links()
			slices.SortStableFunc(links, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
			queue = append(queue, links...)
		}
	}
	return list
}

// kindOf is an address without its ids: which page it is, and which choices it
// makes, but not of what.
func kindOf(link string) string {
	path, _, _ := strings.Cut(shape(link), "#")
	parts := strings.Split(path, "/")
	for i, p := range parts {
		id, query, _ := strings.Cut(p, "?")
		if len(id) == 36 && strings.Count(id, "-") == 4 {
			parts[i] = ":id?" + query
		}
	}
	return strings.Join(parts, "/")
}
