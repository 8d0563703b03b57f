import icon from '../../icon.svg';

/** Sign and name of the product. */
export function Brand({ name }: { name: string }) {
  return (
    <span className="brand">
      <img src={icon} alt="" />
      {name}
    </span>
  );
}
