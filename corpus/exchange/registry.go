package exchange

// registry lists all formats, in the order in which they are shown. To add
// one, write its file and put it here.
var registry = []Format{markdownFormat, textFormat}
