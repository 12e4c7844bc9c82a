package exchange

// registry lists all formats, in the order in which they are shown. To add
// one, write its file and put it here. Of formats with one extension the first
// that claims a file's content reads it.
func registry() []Format {
	return []Format{markdownFormat, textFormat, docxFormat, xliff21Format, xliff12Format, jsonlFormat(), tmxFormat, poFormat, csvFormat(), xlsxFormat(), mqmFormat, tbxFormat, docxTrackedFormat}
}
