using System.Linq;
using Nanonets.Journaling;

namespace Nanonets.Client.Tests.Journaling;

/// <summary>Addresses of journals in databases, in libpq's form.</summary>
public class JournalAddressTests
{
    [Theory]
    [InlineData("postgresql://db.example.com", "db.example.com:5432", null, null, null)]
    [InlineData("postgres://db.example.com/nanonets", "db.example.com:5432", null, null, "nanonets")]
    [InlineData("POSTGRESQL://me@db:5433/nanonets", "db:5433", "me", null, "nanonets")]
    [InlineData("postgresql://me:s%3Acr%40t@db/nanonets", "db:5432", "me", "s:cr@t", "nanonets")]
    [InlineData("postgresql://me:a:b@db/nanonets", "db:5432", "me", "a:b", "nanonets")]
    [InlineData("postgresql://db/nanonets?user=me&password=a%26b", "db:5432", "me", "a&b", "nanonets")]
    [InlineData("postgresql://a,b:5433/x", "a:5432 b:5433", null, null, "x")]
    [InlineData("postgresql://[2001:db8::1]:5433,[::1]/x", "2001:db8::1:5433 ::1:5432", null, null, "x")]
    [InlineData("postgresql:///x?host=db&port=5433", "db:5433", null, null, "x")]
    [InlineData("postgresql:///x", "localhost:5432", null, null, "x")]
    [InlineData("postgresql://%2Fvar%2Frun%2Fpostgresql/x", "/var/run/postgresql:5432", null, null, "x")]
    [InlineData("postgresql://db/%C3%BCbung", "db:5432", null, null, "übung")]
    public void Is_taken_apart(string text, string hosts, string? user, string? password, string? database)
    {
        JournalAddress address = JournalAddress.Parse(text);
        Assert.Equal(hosts, string.Join(' ', address.Hosts.Select(static server => $"{server.Host}:{server.Port}")));
        Assert.Equal((user, password, database), (address["user"], address["password"], address["dbname"]));
    }

    [Theory]
    [InlineData("postgresql://me:secret@db/x", "postgresql://me@db/x")]
    [InlineData("postgres://:secret@db/x?schema=a", "postgresql://db/x?schema=a")]
    [InlineData("postgresql://me:sec@ret@db/x", "postgresql://me@db/x")]
    [InlineData("postgresql://db/x?user=me&password=secret&sslmode=require", "postgresql://db/x?user=me&sslmode=require")]
    [InlineData("postgresql://db/x?password=secret", "postgresql://db/x")]
    [InlineData("postgresql://me:se%2Fcret@a,b:5433/x", "postgresql://me@a,b:5433/x")]
    public void Is_shown_without_its_password(string text, string shown)
    {
        Assert.Equal(shown, JournalAddress.Parse(text).ToString());
        JournalLocation location = JournalLocation.OfDatabase(text);
        Assert.Equal((shown, shown), (location.Name, location.ToString()));
    }

    [Theory]
    [InlineData("postgresql://me:secret@db/x?schem=a", "its parameter 'schem' is not known")]
    [InlineData("postgresql://me:secret@db:port/x", "a port in it is not a number")]
    [InlineData("postgresql://me:secret@db:0/x", "a port in it is not a number")]
    [InlineData("postgresql://me:secret@db:70000/x", "a port in it is not a number")]
    [InlineData("postgresql://me:1/secret@db/x", "in a password write / as %2F")]
    [InlineData("postgresql://me:secret@db/x?sslmode=full", "its sslmode 'full' is none of")]
    [InlineData("postgresql://me:secret@db/x?schema=A b", "its schema may have")]
    [InlineData("postgresql://me:secret@db/x?schema=a;drop", "its schema may have")]
    public void What_is_wrong_is_said_without_showing_it(string text, string why)
    {
        NanonetsException wrong = Assert.Throws<NanonetsException>(() => JournalLocation.OfDatabase(text));
        Assert.Equal(NanonetsErrorId.JournalUnavailable, wrong.ErrorId);
        Assert.Contains(why, wrong.Message);
        Assert.DoesNotContain("secret", wrong.ToString());
    }

    [Theory]
    [InlineData("postgresql://localhost/x", true)]
    [InlineData("postgresql://127.0.0.1,[::1]/x", true)]
    [InlineData("postgresql://%2Ftmp/x", true)]
    [InlineData("postgresql://localhost,db/x", false)]
    [InlineData("postgresql://10.0.0.1/x", false)]
    public void Is_on_this_machine_when_every_server_is(string text, bool isLocal) =>
        Assert.Equal(isLocal, JournalAddress.Parse(text).IsLocal);

    [Theory]
    [InlineData("postgresql://db", true)]
    [InlineData("Postgres://db", true)]
    [InlineData("uploads.db", false)]
    [InlineData("postgresql.db", false)]
    [InlineData(@"C:\postgresql\uploads.db", false)]
    public void Is_told_from_a_path(string text, bool isAddress) => Assert.Equal(isAddress, JournalAddress.Is(text));
}
