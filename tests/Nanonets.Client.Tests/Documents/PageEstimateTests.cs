using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using Nanonets.Documents;

namespace Nanonets.Client.Tests.Documents;

/// <summary>The pages of TIFF files, as the chain of their directories tells them.</summary>
public class PageEstimateTests
{
    public static TheoryData<bool, bool> Forms => new() { { true, false }, { false, false }, { true, true }, { false, true } };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Directories_are_pages(bool little, bool big)
    {
        for (int pages = 1; pages <= 3; pages++)
            Assert.Equal(pages, await OfAsync(Tiff(little, big, pages, 0)));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_chain_that_goes_in_a_circle_ends_at_a_directory_seen_before(bool little, bool big)
    {
        int directory = DirectorySize(big);
        Assert.Equal(1, await OfAsync(Tiff(little, big, 1, HeaderSize(big))));
        Assert.Equal(3, await OfAsync(Tiff(little, big, 3, HeaderSize(big) + directory)));
        Assert.Equal(3, await OfAsync(Tiff(little, big, 3, HeaderSize(big))));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_chain_that_leads_out_of_the_file_ends_there(bool little, bool big)
    {
        Assert.Equal(2, await OfAsync(Tiff(little, big, 2, 1_000_000)));
        if (big)
            Assert.Equal(2, await OfAsync(Tiff(little, big, 2, long.MaxValue - 3)));
    }

    [Fact]
    public async Task A_file_found_in_the_wild_whose_chain_is_a_circle_has_one_page()
    {
        Assert.Equal(1, await OfAsync(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", "hostile", "tiff-ifd-loop.tif"))));
        Assert.Equal(1, await OfAsync(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", "hostile", "bigtiff-1.tif"))));
    }

    [Fact]
    public async Task Pages_behind_what_is_looked_at_are_projected()
    {
        byte[] start = Tiff(true, false, 2, 6 * 1024 * 1024);
        var file = new byte[12 * 1024 * 1024];
        start.CopyTo(file, 0);
        Assert.InRange(await OfAsync(file), 3, 4);
    }

    private static int HeaderSize(bool big) => big ? 16 : 8;

    private static int DirectorySize(bool big) => big ? 8 + 20 + 8 : 2 + 12 + 4;

    /// <summary>A TIFF of directories with one entry each; the last one leads on to a place of choice.</summary>
    private static byte[] Tiff(bool little, bool big, int pages, long last)
    {
        var bytes = new List<byte>();
        void Put(long value, int size)
        {
            Span<byte> all = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(all, value);
            Span<byte> used = all[..size];
            if (!little)
                used.Reverse();
            bytes.AddRange(used);
        }

        bytes.AddRange(little ? "II"u8 : "MM"u8);
        Put(big ? 43 : 42, 2);
        if (big)
        {
            Put(8, 2);
            Put(0, 2);
        }

        Put(HeaderSize(big), big ? 8 : 4);
        for (int page = 1; page <= pages; page++)
        {
            Put(1, big ? 8 : 2);
            bytes.AddRange(new byte[big ? 20 : 12]);
            Put(page == pages ? last : HeaderSize(big) + (page * DirectorySize(big)), big ? 8 : 4);
        }

        return [.. bytes];
    }

    private static async Task<int> OfAsync(byte[] content) =>
        PageEstimate.Of(await UploadSource.FromStreamAsync(new MemoryStream(content), "x.tif", TestContext.Current.CancellationToken));
}
