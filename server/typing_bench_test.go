package server

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/reviseur/reviseur/corpus/workflow"
)

// BenchmarkTyping checks a sentence that is typed over HTTP, in documents of 200,
// 2,000 and 20,000 units: the first key after the server started with no page
// opened, the first one after the page was opened, and all that follow. It then
// opens the page of the figures for the first time and again.
func BenchmarkTyping(b *testing.B) {
	for _, units := range []int{200, 2_000, 20_000} {
		x := newBenchDocument(b, units)
		n := 0
		key := func() time.Duration {
			n++
			form := url.Values{"text": {fmt.Sprintf("In the year under review the offices dealt with %d matters.", n)}}
			r := httptest.NewRequest(http.MethodPost, fmt.Sprintf("/documents/%s/units/%s/check", x.doc.ID, x.middle.ID), strings.NewReader(form.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.AddCookie(&http.Cookie{Name: x.server.sessions.Cookie.Name, Value: x.token})
			w := httptest.NewRecorder()
			start := time.Now()
			x.server.Handler().ServeHTTP(w, r)
			if w.Code != http.StatusOK {
				b.Fatalf("status %d: %s", w.Code, w.Body)
			}
			return time.Since(start)
		}
		report := func(b *testing.B, took []time.Duration) {
			slices.Sort(took)
			b.ReportMetric(took[len(took)/2].Seconds()*1000, "p50-ms")
			b.ReportMetric(took[len(took)*99/100].Seconds()*1000, "p99-ms")
		}
		restart := func() { x.server.desk = workflow.New(x.server.store, workflow.Options{}) }
		b.Run(fmt.Sprintf("first-cold/units=%d", units), func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				restart()
				took = append(took, key())
			}
			report(b, took)
		})
		b.Run(fmt.Sprintf("first-after-page/units=%d", units), func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				restart()
				x.ask(b, fmt.Sprintf("/documents/%s?at=%s", x.doc.ID, x.middle.ID))
				time.Sleep(time.Second) // nobody types sooner
				took = append(took, key())
			}
			report(b, took)
		})
		b.Run(fmt.Sprintf("next/units=%d", units), func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				took = append(took, key())
			}
			report(b, took)
		})
		for _, what := range []string{"first", "again"} {
			b.Run(fmt.Sprintf("figures-%s/units=%d", what, units), func(b *testing.B) {
				var took []time.Duration
				for b.Loop() {
					if what == "first" {
						x.server.followers.running.Wait()
						restart()
					}
					start := time.Now()
					x.ask(b, fmt.Sprintf("/documents/%s/figures", x.doc.ID))
					took = append(took, time.Since(start))
				}
				report(b, took)
			})
		}
	}
}
