/** Texts as things of a name have them: for what nobody can be asked for. */
import { hex } from "./synthetic";

/** How the ids of AWS's things begin. Source: Amazon EC2 User Guide, "Resource IDs", and the services' own guides. */
const ID_PREFIXES: Readonly<Record<string, string>> = {
    vpc: "vpc-",
    subnet: "subnet-",
    securityGroup: "sg-",
    routeTable: "rtb-",
    networkAcl: "acl-",
    internetGateway: "igw-",
    natGateway: "nat-",
    networkInterface: "eni-",
    instance: "i-",
    image: "ami-",
    ami: "ami-",
    launchTemplate: "lt-",
    vpcEndpoint: "vpce-",
    transitGateway: "tgw-",
    prefixList: "pl-",
    ebsVolume: "vol-",
    volume: "vol-",
    snapshot: "snap-",
    dhcpOptions: "dopt-",
    eip: "eipalloc-",
    allocation: "eipalloc-",
    fileSystem: "fs-",
    accessPoint: "fsap-",
    hostedZone: "Z",
    zone: "Z",
};

/** What a text is for. */
export interface Place {
    /** What the thing is that has the text, such as `subnet`. */
    readonly about: string;
    /** AWS's service that it belongs to, as ARNs name it. */
    readonly service: string;
    readonly region: string;
    readonly account: string;
    /** Whether it is the second of two. */
    readonly second: boolean;
}

/**
 * A text as things of this name have it.
 *
 * @param seed The text is the same for the same seed.
 * @returns Nothing where the name says too little.
 */
export function believableText(name: string, seed: string, place: Place): string | undefined {
    const { about, service, region, account, second } = place;
    const kind = /^id$/i.test(name) ? about : name.replace(/Id$/, "");
    const isId = /^id$|Id$/.test(name);
    const prefix = idPrefix(kind);
    if (isId && prefix !== undefined) {
        return prefix === "Z" ? `Z${hex(seed, 20).toUpperCase()}` : `${prefix}0${hex(seed, 16)}`;
    }
    if (/(?:owner|account|registry)Id$/i.test(name)) {
        return account;
    }
    if (/arn$/i.test(name)) {
        if (service === "s3") {
            return `arn:aws:s3:::made-up-${hex(seed, 8)}`;
        }
        const where = service === "iam" ? ":" : `${region}:`;
        return `arn:aws:${service}:${where}${account}:${about}/made-up-${hex(seed, 8)}`;
    }
    if (/^region$|Region$/.test(name)) {
        return region;
    }
    if (/cidr/i.test(name)) {
        return /ipv6/i.test(name) ? "2001:db8::/56" : "10.0.0.0/16";
    }
    if (/^(?:availabilityZone|az)(?:Name)?$|AvailabilityZone$/.test(name)) {
        return `${region}${second ? "b" : "a"}`;
    }
    if (/e-?mail(?:Address)?$/i.test(name)) {
        return `made-up-${hex(seed, 8)}@example.com`;
    }
    if (/ur[il]$/i.test(name)) {
        return `https://made-up-${hex(seed, 8)}.example.com/`;
    }
    if (/(?:dnsName|host|hostname|domain|domainName|address|endpoint)$/i.test(name)) {
        return `made-up-${hex(seed, 8)}.${region}.example.com`;
    }
    if (/json|policy$|document/i.test(name)) {
        return "{}";
    }
    if (/^data$|base64/i.test(name)) {
        return Buffer.from(`made up ${hex(seed, 8)}`).toString("base64");
    }
    if (/(?:At|Time|Date)$/.test(name)) {
        return "2000-01-01T00:00:00Z";
    }
    return undefined;
}

/** The beginning of the id of a thing, by its name or the end of it: `subnet` of `publicSubnet`. */
function idPrefix(kind: string): string | undefined {
    const last = capitalized(kind);
    const named = Object.keys(ID_PREFIXES)
        .filter((name) => last.endsWith(capitalized(name)))
        .sort((a, b) => b.length - a.length)[0];
    return named === undefined ? undefined : ID_PREFIXES[named];
}

function capitalized(name: string): string {
    return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
