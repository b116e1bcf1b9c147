using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Architecture.Tests;

/// <summary>
/// Which namespaces of a compiled assembly name types of which others, in signatures, attributes and method bodies. Constants are
/// not among it: the compiler writes their values in place.
/// </summary>
internal sealed class AssemblyArrows
{
    private readonly MetadataReader _metadata;
    private readonly SortedDictionary<string, SortedSet<string>> _arrows = new(StringComparer.Ordinal);
    private readonly HashSet<string> _namespaces = new(StringComparer.Ordinal);
    private readonly NamedTypes _types;

    private AssemblyArrows(PEReader file)
    {
        _metadata = file.GetMetadataReader();
        _types = new(_metadata);
        foreach (TypeDefinitionHandle handle in _metadata.TypeDefinitions)
        {
            if (_types.NamespaceOf(handle) is string name)
                _namespaces.Add(name);
        }
        foreach (TypeDefinitionHandle handle in _metadata.TypeDefinitions)
        {
            if (_types.NamespaceOf(handle) is string from)
                AddType(file, handle, from);
        }
    }

    /// <summary>For each namespace that has types those that they name; the global one is empty.</summary>
    public static IReadOnlyDictionary<string, SortedSet<string>> Of(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        return new AssemblyArrows(file)._arrows;
    }

    private void AddType(PEReader file, TypeDefinitionHandle handle, string from)
    {
        TypeDefinition type = _metadata.GetTypeDefinition(handle);
        if (!_arrows.ContainsKey(from))
            _arrows.Add(from, new(StringComparer.Ordinal));
        Add(from, type.BaseType);
        AddAttributes(from, type.GetCustomAttributes());
        AddConstraints(from, type.GetGenericParameters());
        foreach (InterfaceImplementationHandle implemented in type.GetInterfaceImplementations())
            Add(from, _metadata.GetInterfaceImplementation(implemented).Interface);
        foreach (FieldDefinitionHandle member in type.GetFields())
        {
            FieldDefinition field = _metadata.GetFieldDefinition(member);
            Add(from, field.DecodeSignature(_types, null));
            AddAttributes(from, field.GetCustomAttributes());
        }
        foreach (PropertyDefinitionHandle member in type.GetProperties())
            AddAttributes(from, _metadata.GetPropertyDefinition(member).GetCustomAttributes());
        foreach (MethodDefinitionHandle member in type.GetMethods())
            AddMethod(file, _metadata.GetMethodDefinition(member), from);
    }

    private void AddMethod(PEReader file, MethodDefinition method, string from)
    {
        MethodSignature<ImmutableArray<string>> signature = method.DecodeSignature(_types, null);
        Add(from, signature.ReturnType);
        foreach (ImmutableArray<string> parameter in signature.ParameterTypes)
            Add(from, parameter);
        AddAttributes(from, method.GetCustomAttributes());
        AddConstraints(from, method.GetGenericParameters());
        if (method.RelativeVirtualAddress == 0)
            return;
        MethodBodyBlock body = file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
        {
            foreach (ImmutableArray<string> local in _metadata.GetStandaloneSignature(body.LocalSignature)
                .DecodeLocalSignature(_types, null))
                Add(from, local);
        }
        foreach (ExceptionRegion region in body.ExceptionRegions)
            Add(from, region.CatchType);
        foreach (EntityHandle named in MethodBody.TokensOf(body.GetILReader()))
            Add(from, named);
    }

    private void AddAttributes(string from, CustomAttributeHandleCollection attributes)
    {
        foreach (CustomAttributeHandle attribute in attributes)
            Add(from, _metadata.GetCustomAttribute(attribute).Constructor);
    }

    private void AddConstraints(string from, GenericParameterHandleCollection parameters)
    {
        foreach (GenericParameterHandle parameter in parameters)
        {
            foreach (GenericParameterConstraintHandle constraint in _metadata.GetGenericParameter(parameter).GetConstraints())
                Add(from, _metadata.GetGenericParameterConstraint(constraint).Type);
        }
    }

    private void Add(string from, EntityHandle named)
    {
        if (named.IsNil)
            return; // an interface, or what has no base type
        switch (named.Kind)
        {
            case HandleKind.TypeDefinition:
                Add(from, _types.GetTypeFromDefinition(_metadata, (TypeDefinitionHandle)named, 0));
                break;
            case HandleKind.TypeSpecification:
                Add(from, _metadata.GetTypeSpecification((TypeSpecificationHandle)named).DecodeSignature(_types, null));
                break;
            case HandleKind.MethodDefinition:
                Add(from, _metadata.GetMethodDefinition((MethodDefinitionHandle)named).GetDeclaringType());
                break;
            case HandleKind.FieldDefinition:
                Add(from, _metadata.GetFieldDefinition((FieldDefinitionHandle)named).GetDeclaringType());
                break;
            case HandleKind.MemberReference:
                // Its signature speaks in the terms of the declaring type, whose arguments are in the parent.
                Add(from, _metadata.GetMemberReference((MemberReferenceHandle)named).Parent);
                break;
            case HandleKind.MethodSpecification:
                MethodSpecification method = _metadata.GetMethodSpecification((MethodSpecificationHandle)named);
                Add(from, method.Method);
                foreach (ImmutableArray<string> argument in method.DecodeSignature(_types, null))
                    Add(from, argument);
                break;
            default:
                break; // a type of another assembly, or none
        }
    }

    private void Add(string from, ImmutableArray<string> named)
    {
        foreach (string to in named)
        {
            if (to != from && _namespaces.Contains(to))
                _arrows[from].Add(to);
        }
    }
}
