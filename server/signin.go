package server

import (
	"net"
	"net/http"
	"net/netip"
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

func (s *Server) accountRoutes() []route {
	return []route{
		get(signInPath, anybody, "", (*visit).showSignIn),                                          // name and password
		post(signInPath, anybody, "", (*visit).enterByPassword),                                    // a session begins
		post("/sign-out", anybody, "", (*visit).signOut),                                           // and ends
		get("/link/:token", anybody, "", (*visit).showLink),                                        // what the link is good for; uses nothing
		post("/link/:token", anybody, "", (*visit).useLink),                                        // the button on it
		post("/language", anybody, "", (*visit).setLanguage),                                       // of the interface
		get("/settings", signedIn, "", (*visit).showSettings),                                      // keys, password
		post("/settings/keys", signedIn, "", (*visit).setKeys),                                     // other keys, or none
		post("/settings/password", signedIn, "", (*visit).changePassword),                          // one's own
		get("/accounts", instance, corpus.Administer, (*visit).showAccounts),                       // all people
		post("/accounts", instance, corpus.Administer, (*visit).openAccount),                       // a new one, with a link to set the password
		post("/accounts/:account/link", instance, corpus.Administer, (*visit).linkAccount),         // another such link
		post("/accounts/:account/close", instance, corpus.Administer, (*visit).closeAccount),       // for ever
		get("/projects/:project/members", inProject, corpus.Manage, (*visit).showMembers),          // who may do what
		post("/projects/:project/members", inProject, corpus.Manage, (*visit).setMember),           // roles of one person
		post("/projects/:project/settings", inProject, corpus.Manage, (*visit).setProjectSettings), // the project's own rules
	}
}

// signInPage asks for name and password.
type signInPage struct {
	basePage
	Name    string
	Back    string // where to go afterwards
	Problem string
	Fresh   bool // nobody can sign in yet
}

func (*signInPage) template() string { return "signin.html" }

func (v *visit) showSignIn() error {
	return v.signInForm(http.StatusOK, "", v.c.Query("back"), "")
}

func (v *visit) signInForm(status int, name, back, problem string) error {
	fresh, err := v.desk.Ownerless(v.context())
	if err != nil {
		return err
	}
	return v.showStatus(status, &signInPage{basePage: v.newBase(v.t("sign-in.title")), Name: name, Back: localPath(back), Problem: problem, Fresh: fresh})
}

func (v *visit) enterByPassword() error {
	name, back := v.c.PostForm("name"), v.c.PostForm("back")
	u, err := v.desk.SignIn(v.context(), name, v.c.PostForm("password"), address(v.c.Request))
	switch kind := corpus.KindOf(err); {
	case err == nil:
		if err := v.signIn(u); err != nil {
			return err
		}
		return v.redirect(localPath(back))
	case kind == corpus.Forbidden:
		v.log.Warn("sign-in refused", "request", v.c.GetString(requestKey))
		return v.signInForm(http.StatusForbidden, name, back, v.t("sign-in.wrong"))
	case kind == corpus.Unavailable:
		v.log.Warn("sign-in held back", "request", v.c.GetString(requestKey))
		return v.signInForm(http.StatusTooManyRequests, name, back, v.t("sign-in.wait"))
	}
	return err
}

// address is where a request comes from, as far as attempts to sign in are
// counted by it: an IPv6 network of 64 bits counts as one, and our own machine
// not at all, since a proxy on it speaks for everybody.
func address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return host
	}
	ip = ip.Unmap()
	switch {
	case ip.IsLoopback():
		return ""
	case ip.Is6():
		network, _ := ip.Prefix(64) // an IPv6 address has that many bits
		return network.String()
	}
	return ip.String()
}

// localPath returns a path of this server, and the first page for anything that
// could lead a browser elsewhere.
func localPath(path string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t") {
		return "/"
	}
	return path
}
