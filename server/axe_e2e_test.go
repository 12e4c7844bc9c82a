//go:build e2e && witness

package server

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
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
		if strings.HasPrefix(r.header.Get("Content-Type"), "text/html") {
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
