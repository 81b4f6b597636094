using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Nanonets.Help.Writing;

/// <summary>Lists what an assembly shows to others, a line a member, so that a change of it is seen in review.</summary>
internal static class PublicApiWriter
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Write(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(static type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{Kind(type)} {type.FullName}{Bases(type)}\n");
            foreach (string member in Members(type))
                text.Append(CultureInfo.InvariantCulture, $"  {member}\n");
            text.Append('\n');
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture)}");

        string[] members =
        [
            .. type.GetConstructors(Declared).Where(static member => !member.IsStatic && IsShown(member))
                .Select(static member => $"new({Parameters(member)})"),
            .. type.GetFields(Declared).Where(static field => field.IsPublic)
                .Select(static field => $"{field.Name} : {Name(field.FieldType, new NullabilityInfoContext().Create(field))}"),
            .. type.GetEvents(Declared).Where(static member => IsShown(member.AddMethod!))
                .Select(static member => $"event {member.Name} : {Name(member.EventHandlerType!, null)}"),
            .. type.GetProperties(Declared).Where(static property => property.GetAccessors(true).Any(IsAccessorShown)).Select(Property),
            .. type.GetMethods(Declared).Where(static method => !method.IsSpecialName && IsShown(method)).Select(Method),
        ];
        return members.Order(StringComparer.Ordinal);
    }

    /// <summary>Public, or open to classes that derive from outside: an internal constructor alone would let none do so.</summary>
    private static bool IsShown(MethodBase member) =>
        (member.IsPublic || (member.IsFamily && !member.DeclaringType!.IsSealed))
            && member.GetCustomAttribute<CompilerGeneratedAttribute>() is null;

    private static string Property(PropertyInfo property)
    {
        string index = property.GetIndexParameters().Length == 0 ? string.Empty : $"[{Parameters(property.GetIndexParameters())}]";
        IEnumerable<string> accessors = property.GetAccessors(true).Where(IsAccessorShown).Select(accessor =>
            accessor == property.GetMethod ? "get" : accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit))
                ? "init"
                : "set");
        return $"{Static(property.GetAccessors(true)[0])}{property.Name}{index} : "
            + $"{Name(property.PropertyType, new NullabilityInfoContext().Create(property))} {{ {string.Join("; ", accessors)} }}";
    }

    /// <summary>Accessors of plain properties are made by the compiler, which says nothing of who may call them.</summary>
    private static bool IsAccessorShown(MethodInfo accessor) =>
        accessor.IsPublic || (accessor.IsFamily && !accessor.DeclaringType!.IsSealed);

    private static string Method(MethodInfo method)
    {
        string arguments = method.IsGenericMethodDefinition
            ? $"<{string.Join(", ", method.GetGenericArguments().Select(static type => type.Name))}>"
            : string.Empty;
        return $"{Static(method)}{method.Name}{arguments}({Parameters(method)}) : "
            + $"{Name(method.ReturnType, new NullabilityInfoContext().Create(method.ReturnParameter))}";
    }

    private static string Static(MethodBase member) => member.IsStatic ? "static " : string.Empty;

    private static string Parameters(MethodBase member) => Parameters(member.GetParameters());

    private static string Parameters(ParameterInfo[] parameters) => string.Join(", ", parameters.Select(static parameter =>
        $"{Name(parameter.ParameterType, new NullabilityInfoContext().Create(parameter))} "
            + $"{parameter.Name}{(parameter.HasDefaultValue ? $" = {Value(parameter.DefaultValue)}" : string.Empty)}"));

    private static string Value(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Kind(Type type) =>
        type.IsEnum ? "enum" : type.IsValueType ? "struct" : type.IsInterface ? "interface" : type.IsAbstract && type.IsSealed
            ? "static class"
        : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";

    private static string Bases(Type type)
    {
        if (type.IsEnum)
            return string.Empty;

        IEnumerable<Type> inherited = type.BaseType is { } parent ? parent.GetInterfaces() : [];
        Type[] bases =
        [
            .. type.BaseType is { } known && known != typeof(object) && known != typeof(ValueType) ? [known] : Type.EmptyTypes,
            .. type.GetInterfaces().Except(inherited).Where(static item => item.IsPublic)
                .OrderBy(static item => item.FullName, StringComparer.Ordinal),
        ];
        return bases.Length == 0 ? string.Empty : $" : {string.Join(", ", bases.Select(static item => Name(item, null)))}";
    }

    private static string Name(Type type, NullabilityInfo? nullability)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
            return $"{Name(value, null)}?";

        string mark = nullability?.ReadState == NullabilityState.Nullable && !type.IsValueType ? "?" : string.Empty;
        if (type.IsByRef)
            return $"ref {Name(type.GetElementType()!, null)}";
        if (type.IsArray)
            return $"{Name(type.GetElementType()!, nullability?.ElementType)}[]{mark}";
        if (!type.IsGenericType)
            return $"{(type.Namespace?.StartsWith("Nanonets.", StringComparison.Ordinal) == true ? type.FullName : type.Name)}{mark}";

        Type[] arguments = type.GetGenericArguments();
        IEnumerable<string> names = arguments.Select((argument, i) =>
            Name(argument, nullability?.GenericTypeArguments.Length == arguments.Length ? nullability.GenericTypeArguments[i] : null));
        return $"{type.Name.Split('`')[0]}<{string.Join(", ", names)}>{mark}";
    }
}
