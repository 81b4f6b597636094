using System;
using System.IO;
using System.Linq;
using Nanonets.Help;
using Nanonets.Package;

// Makes artifacts/package: the versioned module folder, the .nupkg and the bill of materials. From a fresh clone:
//   dotnet run --project src/Nanonets.Package -c Release
// In two steps, so that the folder can be signed between them: "folder", then "pack".
try
{
    Repository repository = Repository.Find();
    string output = Path.Combine(repository.Root, "artifacts", "package");
    var source = new PackageSource(repository.Root, repository.StagedManifest);
    string version = source.Manifest.Version;
    var folder = new ModuleFolder(Path.Combine(output, "Nanonets", version));
    switch (args)
    {
        case []:
            folder.CopyFrom(source.StagedFolder);
            Pack();
            break;
        case ["folder"]:
            folder.CopyFrom(source.StagedFolder);
            Console.WriteLine(folder.Path);
            break;
        case ["pack"]:
            Pack();
            break;
        default:
            Console.Error.WriteLine("Nanonets.Package [folder | pack]");
            return 2;
    }

    return 0;

    void Pack()
    {
        string package = Path.Combine(output, $"Nanonets.{version}.nupkg");
        string materials = Path.Combine(output, $"Nanonets.{version}.cdx.json");
        using (FileStream file = File.Create(package))
            GalleryPackage.Write(file, source, folder);
        File.WriteAllText(materials, BillOfMaterials.Write(source, folder));
        Console.WriteLine($"{folder.Path}: {folder.Files.Count} files, "
            + $"{Size(folder.Files.Sum(file => new FileInfo(file.FullPath).Length))}");
        Console.WriteLine($"{package}: {Size(new FileInfo(package).Length)}");
        Console.WriteLine(materials);
    }
}
catch (Exception failure) when (failure is IOException or InvalidDataException)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}

static string Size(long bytes) => $"{bytes / 1024.0:N0} KiB";
