import { list, required, textLike } from "../../components/shared/argumentRules";

/** The rule of the images of single services: others run the image of all. */
export function serviceImages(names: readonly string[]) {
    return required(
        list(
            textLike(
                new RegExp(`^(?:${names.join("|")})=\\S+$`),
                `service=image, the service one of ${names.join(", ")}`,
            ),
        ),
    );
}

/** The image of a service. */
export function imageOf(
    { images, serviceImage }: { readonly images: readonly string[]; readonly serviceImage: string },
    name: string,
): string {
    const given = images.findLast((image) => image.startsWith(`${name}=`));
    return given === undefined ? serviceImage : given.slice(name.length + 1);
}
