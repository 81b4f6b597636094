using System;
using Nanonets.Help;
using Nanonets.Help.Model;
using Nanonets.Help.Reading;
using Nanonets.Help.Writing;

// Writes the help file, the reference, the exports of the manifest and the listings of what is public anew, in place. Run it after a build:
// dotnet run --no-build --project src/Nanonets.Help
Repository repository = Repository.Find();
ModuleHelp help = ModuleReader.Read(repository);
GeneratedFiles files = GeneratedFiles.From(help, repository);
files.Write();
Console.WriteLine($"{help.Cmdlets.Count} cmdlets, {files.Texts.Count} files.");
