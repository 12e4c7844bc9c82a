package server

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/reviseur/reviseur/corpus"
)

// BenchmarkSave proposes wordings over HTTP from 32 clients at once, on a small
// document and on a large one, and in turn makes bare durable commits to
// a database beside it, one by one: one row of the same size in a transaction,
// with synchronous=FULL. It reports the median and the 99th percentile of a save,
// how many there are for each bare commit, and the memory held.
func BenchmarkSave(b *testing.B) {
	for _, units := range []int{200, 20_000} {
		x := newBenchDocument(b, units)
		b.Run(fmt.Sprintf("units=%d", units), func(b *testing.B) { x.saves(b) })
	}
}

func (x *benchDocument) saves(b *testing.B) {
	const clients, slice = 32, 192
	site := httptest.NewServer(x.server.Handler())
	defer site.Close()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	units := x.units(b, 200)
	bare := newBareCommits(b)
	var took []time.Duration
	var mu sync.Mutex
	var saving, committing time.Duration
	saves := 0
	for b.Loop() {
		start := time.Now()
		var wait sync.WaitGroup
		for c := range clients {
			wait.Go(func() {
				var mine []time.Duration
				for n := c; n < slice; n += clients {
					u := units[(saves+n)%len(units)]
					begin := time.Now()
					x.save(b, client, site.URL, u, fmt.Sprintf("In the year under review the offices of district %d dealt with %d matters.", n, saves))
					mine = append(mine, time.Since(begin))
				}
				mu.Lock()
				took = append(took, mine...)
				mu.Unlock()
			})
		}
		wait.Wait()
		saving += time.Since(start)
		saves += slice
		start = time.Now()
		for n := range slice {
			bare.commit(b, n)
		}
		committing += time.Since(start)
	}
	slices.Sort(took)
	ms := func(d time.Duration) float64 { return d.Seconds() * 1000 }
	b.ReportMetric(ms(took[len(took)/2]), "p50-ms")
	b.ReportMetric(ms(took[len(took)*99/100]), "p99-ms")
	b.ReportMetric(float64(saves)/saving.Seconds(), "saves/s")
	b.ReportMetric(float64(saves)/committing.Seconds(), "bare-commits/s")
	b.ReportMetric(committing.Seconds()/saving.Seconds(), "ratio")
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	b.ReportMetric(float64(mem.HeapInuse)/(1<<20), "heap-MB")
}

func (x *benchDocument) save(b *testing.B, client *http.Client, site string, unit corpus.Unit, text string) {
	form := url.Values{"text": {text}, "key": {string(corpus.NewID[corpus.EventID]())}, "base": {string(unit.Summary.Current)}}
	r, err := http.NewRequest(http.MethodPost, fmt.Sprintf("%s/documents/%s/units/%s/propose", site, x.doc.ID, unit.ID), strings.NewReader(form.Encode()))
	if err != nil {
		b.Error(err)
		return
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.AddCookie(&http.Cookie{Name: x.server.sessions.Cookie.Name, Value: x.token})
	answer, err := client.Do(r)
	if err != nil {
		b.Error(err)
		return
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusSeeOther {
		b.Errorf("a save was answered with status %d", answer.StatusCode)
	}
}

// units returns n units spread over the document.
func (x *benchDocument) units(b *testing.B, n int) []corpus.Unit {
	var list []corpus.Unit
	err := x.server.store.View(context.Background(), func(r corpus.Reader) error {
		p, err := r.Progress(x.doc.Current)
		for i := 0; i < n && err == nil; i++ {
			var u corpus.Unit
			u, err = r.UnitNumbered(x.doc.Current, 1+i*p.Units/n)
			list = append(list, u)
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return list
}

// bareCommits is a database of one table on the same disk.
type bareCommits struct{ db *sql.DB }

func newBareCommits(b *testing.B) bareCommits {
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(b.TempDir(), "bare.db")+"?_journal=WAL&_synchronous=FULL")
	if err != nil {
		b.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	b.Cleanup(func() { db.Close() })
	if _, err := db.Exec("CREATE TABLE save (n INTEGER PRIMARY KEY, text TEXT NOT NULL)"); err != nil {
		b.Fatal(err)
	}
	return bareCommits{db}
}

func (c bareCommits) commit(b *testing.B, n int) {
	if _, err := c.db.Exec("INSERT INTO save (text) VALUES (?)", fmt.Sprintf("In the year under review the offices of district %d dealt with the matters that had been put before them.", n)); err != nil {
		b.Fatal(err)
	}
}
