package main

import (
	"os"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// bar shows how far long work is. Its zero value shows nothing.
type bar struct{ bar *progressbar.ProgressBar }

// progress returns a bar over total things; it is drawn only where people see
// it, on a terminal.
func (a *app) progress(total int, what string) bar {
	f, ok := a.Err.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) || total < 2 {
		return bar{}
	}
	return bar{progressbar.NewOptions(total, progressbar.OptionSetWriter(f), progressbar.OptionSetDescription(what), progressbar.OptionShowCount(), progressbar.OptionClearOnFinish())}
}

// Add moves the bar. A bar that cannot be drawn is no reason to stop the work.
func (b bar) Add(n int) {
	if b.bar != nil {
		_ = b.bar.Add(n)
	}
}

// Finish takes the bar away.
func (b bar) Finish() {
	if b.bar != nil {
		_ = b.bar.Finish()
	}
}
