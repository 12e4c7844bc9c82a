package server

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"testing"
	"time"
)

// listening serves the office on a port of this machine, until stop is called;
// done gets what Serve returned.
func (o *office) listening() (address string, stop context.CancelFunc, done chan error) {
	o.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	o.must(err)
	ctx, stop := context.WithCancel(context.Background())
	o.Cleanup(stop)
	done = make(chan error, 1)
	go func() { done <- o.server.Serve(ctx, l) }()
	return l.Addr().String(), stop, done
}

// TestServe stops a server while a form is on its way: it is taken still, and
// answered.
func TestServe(t *testing.T) {
	o := newOffice(t)
	address, stop, done := o.listening()
	conn, err := net.Dial("tcp", address)
	o.must(err)
	defer conn.Close()
	o.must(conn.SetDeadline(time.Now().Add(20 * time.Second)))
	const body = "lang=zh-Hans&back=/help"
	_, err = fmt.Fprintf(conn, "POST /language HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s", address, len(body), body[:4])
	o.must(err)
	time.Sleep(50 * time.Millisecond) // the server is at work on it
	stop()
	for { // no further connection is taken
		extra, err := net.Dial("tcp", address)
		if err != nil {
			break
		}
		extra.Close()
		time.Sleep(5 * time.Millisecond)
	}
	_, err = io.WriteString(conn, body[4:])
	o.must(err)
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	o.must(err)
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusSeeOther || answer.Header.Get("Location") != "/help" {
		t.Errorf("the form was answered with %s", answer.Status)
	}
	if err := <-done; err != nil {
		t.Errorf("Serve = %v", err)
	}
}

// TestServeFails serves on a listener that is closed.
func TestServeFails(t *testing.T) {
	o := newOffice(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	o.must(err)
	o.must(l.Close())
	if err := o.server.Serve(t.Context(), l); !errors.Is(err, net.ErrClosed) {
		t.Errorf("Serve = %v", err)
	}
}
