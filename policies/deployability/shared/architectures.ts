/** The processor architecture of an EC2 instance type: Graviton types have a `g` right after the generation. */
export function architectureOf(instanceType: string): "arm64" | "x86_64" {
    return /^(?:a1|[a-z]+\d+g[a-z0-9]*)\./.test(instanceType) ? "arm64" : "x86_64";
}

/** The architecture that the name of an image's SSM parameter tells. */
export function architectureOfParameter(name: string): "arm64" | "x86_64" | undefined {
    if (/arm64|aarch64/.test(name)) {
        return "arm64";
    }
    // Parameters of ECS name arm64 alone.
    return /x86_64|amd64|\/ecs\/optimized-ami\/amazon-linux-/.test(name) ? "x86_64" : undefined;
}
