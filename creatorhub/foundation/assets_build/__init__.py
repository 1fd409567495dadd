"""What browsers get that is made rather than written: style bundles and font subsets."""
