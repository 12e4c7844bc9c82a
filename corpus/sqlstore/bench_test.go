//go:build sqlite_fts5

package sqlstore

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/corpustest"
)

// saver returns a function that makes the nth save on a document of its own.
func saver(b *testing.B, s *Store) func(n int) {
	p := corpustest.Project("bench")
	corpustest.Update(b, s, func(tx corpus.Tx) error { return tx.AddProject(p) })
	pairs := make([]corpus.Pair, 1000)
	for i := range pairs {
		pairs[i] = corpus.Pair{Source: "国务院新闻办公室举行发布会。", Target: "The State Council Information Office held a press conference."}
	}
	_, _, units, _ := corpustest.SeedDocument(b, s, p.ID, "bench", pairs)
	return func(n int) {
		err := s.Update(context.Background(), func(tx corpus.Tx) error {
			_, err := corpustest.Propose(tx, units[n%len(units)].ID, "somebody", fmt.Sprintf("The State Council Information Office held press conference %d.", n))
			return err
		})
		if err != nil {
			b.Error(err)
		}
	}
}

// BenchmarkSaves compares 1,000 saves from 32 callers with 1,000 saves one by
// one; each of them is durable when it returns. The two take turns in one run.
func BenchmarkSaves(b *testing.B) {
	s, err := Open(context.Background(), filepath.Join(b.TempDir(), "reviseur.db"), Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	save := saver(b, s)
	const saves, callers, slices = 1000, 32, 5
	var together, single time.Duration
	for b.Loop() {
		for slice := range slices {
			begin := time.Now()
			var wait sync.WaitGroup
			for c := range callers {
				wait.Go(func() {
					for n := c; n < saves/slices; n += callers {
						save(slice*saves/slices + n)
					}
				})
			}
			wait.Wait()
			together += time.Since(begin)
			begin = time.Now()
			for n := range saves / slices {
				save(slice*saves/slices + n)
			}
			single += time.Since(begin)
		}
	}
	n := float64(saves * b.N)
	b.ReportMetric(n/together.Seconds(), "grouped-saves/s")
	b.ReportMetric(n/single.Seconds(), "single-saves/s")
	b.ReportMetric(single.Seconds()/together.Seconds(), "ratio")
}

// BenchmarkImport stores 100,000 units with their first revision and a finding
// for every tenth, 2,000 to an update, as an import does; then it measures what
// indexing them costs, and reading them.
func BenchmarkImport(b *testing.B) {
	const units, slice = 100_000, 2000
	for b.Loop() {
		s, err := Open(context.Background(), filepath.Join(b.TempDir(), "reviseur.db"), Options{})
		if err != nil {
			b.Fatal(err)
		}
		p := corpustest.Project("bench")
		corpustest.Update(b, s, func(tx corpus.Tx) error { return tx.AddProject(p) })
		doc, v, _, _ := corpustest.SeedDocument(b, s, p.ID, "bench", nil)
		v.ID, v.Number, v.Ready = corpus.NewID[corpus.VersionID](), 2, false
		corpustest.Update(b, s, func(tx corpus.Tx) error { return tx.AddVersion(v) })
		heap := watchHeap()
		begin := time.Now()
		bytes := 0
		for from := 0; from < units; from += slice {
			corpustest.Update(b, s, func(tx corpus.Tx) error {
				for n := from; n < from+slice; n++ {
					u, r := corpustest.Unit(v, n, corpus.Pair{
						Source: fmt.Sprintf("第%d条，国务院新闻办公室举行发布会，介绍全年粮食产量和社会稳定情况。", n),
						Target: fmt.Sprintf("Article %d: the State Council Information Office held a press conference on the annual grain output and on social stability.", n),
					})
					bytes += len(u.Text.Source) + len(u.Text.Target)
					if err := tx.AddUnit(u); err != nil {
						return err
					}
					if err := tx.AddRevision(r); err != nil {
						return err
					}
					if n%10 == 0 {
						if err := tx.SaveFindings(r.ID, []corpus.Finding{{Check: "repeat.word", Target: []corpus.Span{{End: 4}}, Key: "k"}}); err != nil {
							return err
						}
					}
				}
				return nil
			})
		}
		v.Ready, doc.Current = true, v.ID
		corpustest.Update(b, s, func(tx corpus.Tx) error {
			if err := tx.SaveVersion(v); err != nil {
				return err
			}
			return tx.SaveDocument(doc)
		})
		took := time.Since(begin)
		b.ReportMetric(units/took.Seconds(), "units/s")
		b.ReportMetric(float64(bytes)/1e6/took.Seconds(), "MB/s")
		b.ReportMetric(float64(heap())/1e6, "heap-MB")
		b.ReportMetric(residentMB(), "peak-RSS-MB")

		begin = time.Now()
		indexAll(b, s, units)
		b.ReportMetric(time.Since(begin).Seconds()/took.Seconds(), "index/import")

		begin = time.Now()
		n := 0
		corpustest.View(b, s, func(r corpus.Reader) error {
			for _, err := range r.Records(v.ID) {
				if err != nil {
					return err
				}
				n++
			}
			return nil
		})
		b.ReportMetric(float64(n)/time.Since(begin).Seconds(), "records/s")
		if info, err := os.Stat(s.path); err == nil {
			b.ReportMetric(float64(info.Size())/float64(bytes), "file/text")
		}
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	}
}

// watchHeap samples the heap in use until the returned function is called,
// which returns the peak.
func watchHeap() func() uint64 {
	stop, peak := make(chan struct{}), make(chan uint64)
	go func() {
		var most uint64
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapInuse)
			select {
			case <-stop:
				peak <- most
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	return func() uint64 { close(stop); return <-peak }
}

// residentMB returns the peak resident size of the process, 0 where the system
// does not tell.
func residentMB() float64 {
	status, _ := os.ReadFile("/proc/self/status")
	_, line, _ := strings.Cut(string(status), "VmHWM:")
	var kb float64
	_, _ = fmt.Sscan(line, &kb)
	return kb / 1000
}

// BenchmarkWindow reads 100 units from the middle of a short and of a long
// document: the cost must not grow with the document.
func BenchmarkWindow(b *testing.B) {
	s, err := Open(context.Background(), filepath.Join(b.TempDir(), "reviseur.db"), Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	p := corpustest.Project("bench")
	corpustest.Update(b, s, func(tx corpus.Tx) error { return tx.AddProject(p) })
	doc, _, _, _ := corpustest.SeedDocument(b, s, p.ID, "bench", nil)
	short, _ := corpustest.SeedVersion(b, s, doc.ID, 2, 1000)
	long, _ := corpustest.SeedVersion(b, s, doc.ID, 3, 50_000)
	window := func(v corpus.VersionID, at int64, match corpus.Filter) time.Duration {
		begin := time.Now()
		corpustest.View(b, s, func(r corpus.Reader) error { _, err := r.Units(v, match, at*1024, 100); return err })
		return time.Since(begin)
	}
	var plain, filtered [2]time.Duration
	open := corpus.Filter{States: []corpus.State{corpus.StateMachine, corpus.StateStale, corpus.StateReturned}}
	for b.Loop() {
		plain[0] += window(short.ID, 500, corpus.Filter{})
		plain[1] += window(long.ID, 25_000, corpus.Filter{})
		filtered[0] += window(short.ID, 500, open)
		filtered[1] += window(long.ID, 25_000, open)
	}
	b.ReportMetric(plain[1].Seconds()/plain[0].Seconds(), "long/short")
	b.ReportMetric(filtered[1].Seconds()/filtered[0].Seconds(), "filtered-long/short")
}
