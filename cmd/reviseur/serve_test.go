package main

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// talk is a stream that one goroutine writes and another reads.
type talk struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (t *talk) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.b.Write(p)
}

func (t *talk) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.b.String()
}

// until waits for what matches to be said.
func (t *talk) until(test *testing.T, pattern string) []string {
	test.Helper()
	for range 3000 {
		if m := regexp.MustCompile(pattern).FindStringSubmatch(t.String()); m != nil {
			return m
		}
		time.Sleep(10 * time.Millisecond)
	}
	test.Fatalf("%q was never said, but: %s", pattern, t)
	return nil
}

// running runs a command that serves. Calling stop interrupts it and returns
// its exit code.
func running(t *testing.T, args ...string) (out, err *talk, stop func() int) {
	t.Helper()
	out, err = &talk{}, &talk{}
	ctx, cancel := context.WithCancel(context.Background())
	code := make(chan int, 1)
	go func() { code <- Run(ctx, args, Streams{In: strings.NewReader(""), Out: out, Err: err}) }()
	stop = sync.OnceValue(func() int {
		cancel()
		return <-code
	})
	t.Cleanup(func() { stop() })
	return out, err, stop
}

// visit posts a form and follows where it leads, with the cookies of a jar.
func visit(t *testing.T, jar http.CookieJar, address string, pairs url.Values) (status int, body string) {
	t.Helper()
	client := http.Client{Jar: jar}
	r, err := client.PostForm(address, pairs)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	data, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, string(data)
}

// TestServe starts a server on a new database: its link makes the admin, once,
// and the next start prints none.
func TestServe(t *testing.T) {
	db := filepath.Join(t.TempDir(), "new", "reviseur.db")
	_, said, stop := running(t, "serve", "--db", db, "--addr", "127.0.0.1:0")
	link := said.until(t, `(http://127\.0\.0\.1:\d+)/link/([A-Z0-9]{26})\n`)
	form := url.Values{"name": {"owner"}, "full": {"O. Wner"}, "password": {"the tide comes at nine"}, "again": {"the tide comes at nine"}}
	jar, _ := cookiejar.New(nil)
	if status, body := visit(t, jar, strings.TrimSpace(link[0]), form); status != http.StatusOK || !strings.Contains(body, "O. Wner") {
		t.Fatalf("the link answers %d: %s", status, body)
	}
	if status, _ := visit(t, jar, strings.TrimSpace(link[0]), form); status != http.StatusNotFound {
		t.Errorf("the link answers %d when it is used again", status)
	}
	if code := stop(); code != exitDone {
		t.Errorf("serve = %d, want %d", code, exitDone)
	}
	if strings.Contains(said.String(), "the tide") {
		t.Errorf("the password was said: %s", said)
	}

	_, said, stop = running(t, "serve", "--db", db, "--addr", "127.0.0.1:0", "--public", "https://review.example")
	said.until(t, "https://review.example\n")
	if stop(); strings.Contains(said.String(), "/link/") {
		t.Errorf("a link was printed though there is an admin: %s", said)
	}
}

// TestServeDemo enters the demo as each of its people.
func TestServeDemo(t *testing.T) {
	out, _, stop := running(t, "demo", "--dir", filepath.Join(t.TempDir(), "qilan"))
	port := out.until(t, `put 127\.0\.0\.1:(\d+) in its place`)[1]
	for name, shows := range map[string]string{"translator": "Lin Yi", "translator2": "Mo Shan", "reviewer": "He Ruo", "exporter": "Tan Wei", "manager": "Bai Qiu", "admin": "/accounts"} {
		link := out.until(t, `http://`+name+`\.localhost:`+port+`(/link/[A-Z0-9]+)\n`)
		jar, _ := cookiejar.New(nil)
		status, body := visit(t, jar, "http://127.0.0.1:"+port+link[1], nil)
		if status != http.StatusOK || !strings.Contains(body, shows) || !strings.Contains(body, demoProject) {
			t.Errorf("the link of %s answers %d: %s", name, status, body)
		}
	}
	if code := stop(); code != exitDone {
		t.Errorf("demo = %d, want %d", code, exitDone)
	}
}

func TestServeRefuses(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	db := filepath.Join(t.TempDir(), "reviseur.db")
	test := func(want int, why string, args ...string) {
		t.Helper()
		var out, said bytes.Buffer
		code := Run(t.Context(), append([]string{"serve", "--db", db}, args...), Streams{In: strings.NewReader(""), Out: &out, Err: &said})
		if code != want || !strings.Contains(said.String(), why) {
			t.Errorf("serve %v = %d, and said %q; want %d and %q", args, code, said.String(), want, why)
		}
	}
	test(exitUsage, "takes no arguments", "x")
	test(exitUsage, "root of the source", "--dev")
	test(exitUsage, "https://review.example.org", "--public", "review.example")
	test(exitFailure, "cannot listen on", "--addr", taken.Addr().String())
	test(exitFailure, "cannot listen on", "--addr", "nonsense")
}
