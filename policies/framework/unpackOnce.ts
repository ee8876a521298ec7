// The SDK's own module object, which alone can be changed.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const deserialize: unknown = require("@pulumi/policy/deserialize");

type Unpack = (properties: object, proxySecrets: boolean) => unknown;

interface Unpacker {
    deserializeProperties?: Unpack & { readonly once?: true };
}

/**
 * Lets the policy SDK unpack the properties of a resource once for all policies of a pack. Left alone it does so for
 * each policy anew, and a pack of many rules spends most of its time on it. Should a later SDK be made otherwise,
 * nothing is changed. Rules never write to what they get, so they can share it; remediations may, and do not.
 */
export function unpackOnce(): void {
    const unpacker = deserialize as Unpacker;
    const original = unpacker.deserializeProperties;
    if (typeof original !== "function" || original.once === true) {
        return;
    }
    const known = new WeakMap<object, unknown>();
    const remembering: Unpack = (properties, proxySecrets) => {
        if (proxySecrets) {
            return original(properties, proxySecrets);
        }
        let found = known.get(properties);
        if (found === undefined) {
            found = original(properties, proxySecrets);
            known.set(properties, found);
        }
        return found;
    };
    unpacker.deserializeProperties = Object.assign(remembering, { once: true } as const);
}
